package dev.clarion.bgp.bfd;

/** Keeps the sessions safe from what a listener throws, and counts it. */
final class SafeListener implements BfdListener {
    private final BfdListener listener;
    private volatile long failures;

    SafeListener(BfdListener listener) {
        this.listener = listener;
    }

    /** How often it threw. */
    long failures() {
        return failures;
    }

    @Override
    public void changed(String key, Change change) {
        safely(() -> listener.changed(key, change));
    }

    @Override
    public void problem(String key, BfdProblem problem, String detail) {
        safely(() -> listener.problem(key, problem, detail));
    }

    @Override
    public void solved(String key, BfdProblem problem) {
        safely(() -> listener.solved(key, problem));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only the engine's thread writes.
    private void safely(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException thrown) {
            failures++;
        }
    }
}
