/**
 * What the user wrote becomes a {@code Config} and a list of {@code Problem}s. Pure: text in, values out. A bad
 * entry touches itself alone; what was published before stays in force for it.
 */
@NullMarked
package dev.clarion.config;

import org.jspecify.annotations.NullMarked;
