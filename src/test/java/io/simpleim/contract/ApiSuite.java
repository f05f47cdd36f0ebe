package io.simpleim.contract;

import io.simpleim.testing.Deployment;
import io.simpleim.testing.ImClient;

/** What every group of tests of the published API has at hand. */
interface ApiSuite {
    Deployment deployment();

    default ImClient client() {
        return new ImClient(deployment().base());
    }
}
