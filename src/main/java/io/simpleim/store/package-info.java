/** What both stores use. The durable data is in {@code store.mongo}; messages between nodes are in {@code store.redis}. */
@NullMarked
package io.simpleim.store;

import org.jspecify.annotations.NullMarked;
