package io.simpleim.contract;

import io.simpleim.testing.Deployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.StoredDocuments;

/** What every group of tests of the published API has at hand. */
interface ApiSuite {
    Deployment deployment();

    default ImClient client() {
        return new ImClient(deployment().base());
    }

    /** A user that no other test has, logged in. */
    default ImUser anyUser() {
        return ImUser.loggedIn(client(), ImClient.anyUser());
    }

    /** The server's database; to be closed. */
    default StoredDocuments stored() {
        return new StoredDocuments(deployment().mongoAddress());
    }
}
