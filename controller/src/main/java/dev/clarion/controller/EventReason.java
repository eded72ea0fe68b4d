package dev.clarion.controller;

/** The reasons of those events that are not about whether a Service has an address or is announced. */
enum EventReason {
    /** On an object of the configuration: something in it is wrong, or probably not what was meant. */
    CONFIG_PROBLEM("ConfigProblem"),
    /** On an object of the configuration: nothing is wrong with it any more. */
    CONFIG_GOOD("ConfigGood"),
    /** On a Service: it asks by an annotation or field that has a successor. */
    DEPRECATED_REQUEST("DeprecatedRequest"),
    /** On a Service: somebody else keeps writing over what Clarion writes into its status. */
    STATUS_CONTESTED("StatusContested"),
    /** On Clarion's namespace: MetalLB runs, so that what is its own is left alone. */
    METALLB_PRESENT("MetalLBPresent"),
    /** On Clarion's namespace: MetalLB runs no more, so that Clarion serves in its place. */
    METALLB_GONE("MetalLBGone");

    private final String word;

    EventReason(String word) {
        this.word = word;
    }

    /** One word in CamelCase. */
    String word() {
        return word;
    }
}
