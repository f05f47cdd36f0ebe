/**
 * What the nodes tell each other, over Redis. Nothing here is the record of anything: MongoDB is. The only package that
 * knows jedis.
 *
 * <pre>
 * im:sessions:ended   channel; each message is the id (jti) of a session that was ended by logging out
 * </pre>
 */
@NullMarked
package io.simpleim.store.redis;

import org.jspecify.annotations.NullMarked;
