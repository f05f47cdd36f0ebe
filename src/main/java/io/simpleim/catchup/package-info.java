/**
 * Delivers messages from the store that live pushes have not delivered. There are four cases, each with the class to start
 * with: a client connects and gets its backlog ({@link io.simpleim.catchup.OfflinePush}), a client requests the
 * messages that it does not hold ({@link io.simpleim.catchup.SyncService}), a feed has a gap ({@link
 * io.simpleim.catchup.StoredGapSource}), and this node may have missed messages of other nodes ({@link
 * io.simpleim.catchup.ClusterCatchUp}).
 *
 * <p>The package stands above all services, so the handler of cluster messages is here too ({@link
 * io.simpleim.catchup.ClusterEventHandler}). Promise: a message that is stored reaches every connected member, late or
 * twice at worst.
 */
@NullMarked
package io.simpleim.catchup;

import org.jspecify.annotations.NullMarked;
