package io.simpleim.testing;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts one server for all tests of a class, since a start takes seconds: {@code @RegisterExtension static final
 * DeploymentExtension server = new DeploymentExtension(EmbeddedDeployment::start)}.
 */
public final class DeploymentExtension implements BeforeAllCallback, AfterAllCallback {
    private final Supplier<Deployment> start;
    private Deployment deployment;

    public DeploymentExtension(Supplier<Deployment> start) {
        this.start = start;
    }

    public Deployment deployment() {
        return deployment;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        deployment = start.get();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (deployment != null) {
            deployment.close();
        }
    }
}
