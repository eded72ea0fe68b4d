package dev.clarion.e2e.scenarios;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Lab} of the run, and shows its state when a test has failed. */
final class OnLab implements ParameterResolver, AfterTestExecutionCallback {
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(OnLab.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    @Override
    public Lab resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return lab(context);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.err.println(lab(context).whatIs());
        }
    }

    /** Closed by JUnit with the root store, after the last class. */
    private static Lab lab(ExtensionContext context) {
        return context.getRoot().getStore(OURS).computeIfAbsent(Lab.class, _ -> Lab.up(), Lab.class);
    }
}
