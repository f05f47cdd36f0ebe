package io.simpleim.ws;

import io.simpleim.push.Hub;
import io.simpleim.service.LoginService;
import io.simpleim.service.MessageService;
import java.util.concurrent.Executor;

/**
 * What the endpoints share.
 *
 * @param executor for what may block: closing connections, asking the store
 */
public record WsContext(
        Hub hub,
        LoginService logins,
        MessageService messages,
        Executor executor,
        int maxMessageBytes,
        int maxFrameBytes,
        long outboundQueueBytes) {}
