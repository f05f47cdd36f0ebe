package io.simpleim.contract;

import io.simpleim.testing.Deployment;
import io.simpleim.testing.ImClient;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.StoredDocuments;

/** The common base of all contracts of the published API. */
interface ApiSuite {
    Deployment deployment();

    default ImClient client() {
        return new ImClient(deployment().base());
    }

    /** A new logged-in user. */
    default ImUser anyUser() {
        return ImUser.loggedIn(client(), ImClient.anyUser());
    }

    /** The server's database, which the caller closes. */
    default StoredDocuments stored() {
        return new StoredDocuments(deployment().mongoAddress());
    }
}
