package dev.storyline.edge;

import dev.storyline.common.LogLine;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.StoreFailure;
import java.util.function.Supplier;

/** Turns every failure behind an HTTP endpoint into a response that a client can use, and logs it. */
final class HttpErrors {
    private static final System.Logger LOG = System.getLogger("dev.storyline.edge");

    private HttpErrors() {}

    static HttpReply answer(String slice, HttpEvent event, Supplier<HttpReply> inside) {
        try {
            return inside.get();
        } catch (Problem problem) {
            return problem.reply(event.path());
        } catch (TransientFailure e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> line("failed", slice, event).with("reason", reason(e)).text());
            return Problem.unavailable().reply(event.path());
        } catch (StoreFailure failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> line("failed", slice, event)
                            .with("reason", reason(failure))
                            .text());
            return problem(failure).reply(event.path());
        } catch (EventCodec.SliceOutdated e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> line("failed", slice, event).with("reason", reason(e)).text());
            return Problem.outdated(String.valueOf(e.getMessage())).reply(event.path());
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> line("broken", slice, event).with("reason", reason(e)).text(),
                    e);
            return Problem.internal().reply(event.path());
        }
    }

    private static Problem problem(StoreFailure failure) {
        return switch (failure) {
            case StoreFailure.Throttled _ -> Problem.throttled();
            case StoreFailure.Unavailable _ -> Problem.unavailable();
            case StoreFailure.LimitExceeded limit -> Problem.limit(String.valueOf(limit.getMessage()));
            case StoreFailure.Corrupted _ -> Problem.internal();
        };
    }

    static LogLine line(String what, String slice, HttpEvent event) {
        String request =
                event.requestContext() == null ? null : event.requestContext().requestId();
        return LogLine.of(what)
                .with("slice", slice)
                .with("actor", event.actor())
                .with("request", request);
    }

    static void log(LogLine line) {
        LOG.log(System.Logger.Level.INFO, line.text());
    }

    private static String reason(RuntimeException e) {
        String reason = e.getClass().getSimpleName() + ": " + e.getMessage();
        return reason.length() <= 300 ? reason : reason.substring(0, 300);
    }
}
