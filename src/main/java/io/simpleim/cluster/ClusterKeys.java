package io.simpleim.cluster;

import io.simpleim.store.redis.NodeRegistry;
import io.simpleim.store.redis.NodeStreams;
import io.simpleim.store.redis.UserLocations;

/**
 * The parts of Redis that the cluster uses.
 *
 * @param nodes which nodes are alive
 * @param users on which nodes users are connected
 * @param streams what nodes send to each other
 */
public record ClusterKeys(NodeRegistry nodes, UserLocations users, NodeStreams streams) {}
