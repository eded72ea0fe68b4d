/**
 * The whole product, as shipped, on the lab: real kubelets, a real router, real clients. All classes share one lab, which the
 * first of them brings up; each leaves it as it found it: Clarion installed, one web Deployment, one Service announced by
 * layer 2 and one by BGP.
 */
@org.jspecify.annotations.NullMarked
package dev.clarion.e2e.scenarios;
