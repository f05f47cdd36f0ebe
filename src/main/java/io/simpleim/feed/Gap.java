package io.simpleim.feed;

import java.util.Collection;

/**
 * Numbers of a stream that were not announced one by one, and have to be read from the store.
 *
 * @param isStartUnknown whether the order of the stream has not started, so that the gap may reach back to any number
 * @param afterSeq the last number before the gap; meaningless if the start is unknown
 * @param beforeSeq the first number after the gap
 * @param userIds the members who get the messages
 * @param isUrgent whether to read at once, since no announcement of these messages can still be on its way
 */
record Gap(boolean isStartUnknown, long afterSeq, long beforeSeq, Collection<String> userIds, boolean isUrgent) {}
