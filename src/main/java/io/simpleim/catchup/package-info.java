/**
 * Brings up to date whoever was not told in time: a client that connects ({@link io.simpleim.catchup.OfflinePush}), a client
 * that asks ({@link io.simpleim.catchup.SyncService}), and this node after it may have missed other nodes' messages
 * ({@link io.simpleim.catchup.ClusterCatchUp}).
 */
@NullMarked
package io.simpleim.catchup;

import org.jspecify.annotations.NullMarked;
