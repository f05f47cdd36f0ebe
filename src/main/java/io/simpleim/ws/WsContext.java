package io.simpleim.ws;

import io.simpleim.admission.ConnectionLimiter;
import io.simpleim.admission.RateLimiter;
import io.simpleim.audit.FailureReporter;
import io.simpleim.catchup.OfflinePush;
import io.simpleim.catchup.SyncService;
import io.simpleim.chat.MessageService;
import io.simpleim.cluster.Presence;
import io.simpleim.conversation.Cursors;
import io.simpleim.conversation.ReadingService;
import io.simpleim.json.JsonLimits;
import io.simpleim.metrics.Metrics;
import io.simpleim.push.Connection;
import io.simpleim.push.Hub;
import io.simpleim.session.LoginService;
import java.util.concurrent.Executor;

/**
 * What the endpoints share.
 *
 * @param frameRate for frames that are no messages
 * @param maxRefusedFrames so many that are refused as too many one after the other, and the connection is closed
 * @param executor for what may block: closing connections, asking the store
 */
public record WsContext(
        Hub hub,
        Metrics metrics,
        FailureReporter failures,
        Presence presence,
        LoginService logins,
        MessageService messages,
        OfflinePush offline,
        SyncService sync,
        ReadingService reading,
        Cursors cursors,
        Executor executor,
        ConnectionLimiter admission,
        RateLimiter frameRate,
        int maxRefusedFrames,
        JsonLimits jsonLimits,
        int maxMessageBytes,
        int maxFrameBytes,
        Connection.Limits connectionLimits) {}
