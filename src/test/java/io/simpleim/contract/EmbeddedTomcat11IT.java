package io.simpleim.contract;

import io.simpleim.testing.Deployment;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.Running;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedTomcat11IT implements WholeApi {
    @RegisterExtension
    static final Running SERVER = new Running(EmbeddedDeployment::start);

    @Override
    public Deployment deployment() {
        return SERVER.deployment();
    }
}
