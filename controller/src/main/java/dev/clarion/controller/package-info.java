/**
 * The controller program: watches become a view, the planner makes a plan of it, the applier carries it out.
 */
@NullMarked
package dev.clarion.controller;

import org.jspecify.annotations.NullMarked;
