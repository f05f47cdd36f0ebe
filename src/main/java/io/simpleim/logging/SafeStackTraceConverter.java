package io.simpleim.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes stack traces with each exception message on one line and without control characters, since a message may quote
 * what a client sent. Thread-safe.
 */
public final class SafeStackTraceConverter extends ThrowableProxyConverter {
    /** Line ends of all kinds, other control characters and invisible characters. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return super.throwableProxyToString(new Safe(thrown));
    }

    private static @Nullable String safe(@Nullable String message) {
        return message == null ? null : UNSAFE.matcher(message).replaceAll(" | ");
    }

    private record Safe(IThrowableProxy thrown) implements IThrowableProxy {
        @Override
        public @Nullable String getMessage() {
            return safe(thrown.getMessage());
        }

        @Override
        public @Nullable String getOverridingMessage() {
            return safe(thrown.getOverridingMessage());
        }

        @Override
        public String getClassName() {
            return thrown.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return thrown.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return thrown.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            return thrown.getCause() == null ? null : new Safe(thrown.getCause());
        }

        @Override
        public IThrowableProxy @Nullable [] getSuppressed() {
            IThrowableProxy[] suppressed = thrown.getSuppressed();
            if (suppressed == null) {
                return null;
            }
            IThrowableProxy[] safe = new IThrowableProxy[suppressed.length];
            for (int i = 0; i < safe.length; i++) {
                safe[i] = new Safe(suppressed[i]);
            }
            return safe;
        }

        @Override
        public boolean isCyclic() {
            return thrown.isCyclic();
        }
    }
}
