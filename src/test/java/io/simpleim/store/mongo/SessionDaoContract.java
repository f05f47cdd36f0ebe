package io.simpleim.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import io.simpleim.model.Session;
import io.simpleim.testing.Race;
import org.bson.Document;
import org.junit.jupiter.api.Test;

abstract class SessionDaoContract extends DaoContract {
    private static final Session FOR_EVER = new Session("for-ever", "anna", 1000, 0);
    private static final Session UNTIL_2000 = new Session("until-2000", "anna", 1000, 2000);
    private static final Session UNTIL_3000 = new Session("until-3000", "bert", 1000, 3000);

    private SessionDao sessions;

    @Override
    void createDao(MongoStore store) {
        sessions = new SessionDao(store);
        sessions.createIndexes();
    }

    @Test
    void findsASessionUntilItIsEnded() {
        sessions.insert(UNTIL_2000);
        assertThat(sessions.find("until-2000")).contains(UNTIL_2000);
        assertThat(sessions.delete("until-2000")).isTrue();
        assertThat(sessions.find("until-2000")).isEmpty();
        assertThat(sessions.delete("until-2000")).isFalse();
    }

    @Test
    void takesTwoSessionsOfOneIdForADefect() {
        sessions.insert(UNTIL_2000);
        assertThatThrownBy(() -> sessions.insert(UNTIL_2000)).isInstanceOf(MongoWriteException.class);
    }

    @Test
    void tellsOneOfManyThatItHasEndedTheSession() {
        sessions.insert(FOR_EVER);
        assertThat(Race.call(8, i -> sessions.delete("for-ever"))).containsOnlyOnce(true);
    }

    @Test
    void givesTheSessionsThatHaveExpired() {
        sessions.insert(FOR_EVER);
        sessions.insert(UNTIL_2000);
        sessions.insert(UNTIL_3000);
        assertThat(sessions.expiredAt(1999, 10)).isEmpty();
        assertThat(sessions.expiredAt(2000, 10)).containsExactly(UNTIL_2000);
        assertThat(sessions.expiredAt(9999, 10)).containsExactlyInAnyOrder(UNTIL_2000, UNTIL_3000);
        assertThat(sessions.expiredAt(9999, 1)).hasSize(1);
    }

    @Test
    void knowsWhetherAUserHasASessionThatIsAlive() {
        assertThat(sessions.hasAlive("anna", 1500)).isFalse();
        sessions.insert(UNTIL_2000);
        sessions.insert(UNTIL_3000);
        assertThat(sessions.hasAlive("anna", 1999)).isTrue();
        assertThat(sessions.hasAlive("anna", 2000)).isFalse();
        sessions.insert(FOR_EVER);
        assertThat(sessions.hasAlive("anna", 2000)).isTrue();
    }

    @Test
    void readsNumbersOfAnyWidth() {
        collection("session")
                .insertOne(new Document("_id", "old")
                        .append("user_id", "anna")
                        .append("created_at", 1000)
                        .append("expires_at", 2000.0));
        Session read = new Session("old", "anna", 1000, 2000);
        assertThat(sessions.find("old")).contains(read);
        assertThat(sessions.expiredAt(2000, 10)).containsExactly(read);
    }

    @Test
    void createsItsIndexesASecondTimeWithoutEffect() {
        sessions.createIndexes();
        assertThat(collection("session").listIndexes()).hasSize(3);
    }
}
