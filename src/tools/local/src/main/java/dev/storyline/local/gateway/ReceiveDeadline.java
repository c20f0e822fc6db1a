package dev.storyline.local.gateway;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes a connection that does not bring a whole request, or does not take an answer, in time. An idle time-out alone does
 * not stop a caller that sends a byte now and then.
 */
final class ReceiveDeadline implements Connection.Listener {
    private final Scheduler scheduler;
    private final long milliseconds;
    private final Map<Connection, Scheduler.Task> running = new ConcurrentHashMap<>();

    ReceiveDeadline(Scheduler scheduler, long milliseconds) {
        this.scheduler = scheduler;
        this.milliseconds = milliseconds;
    }

    @Override
    public void onOpened(Connection connection) {
        restart(connection);
    }

    @Override
    public void onClosed(Connection connection) {
        stop(connection);
    }

    /** Gives a connection the whole time again: for its next request, or to take an answer. */
    void restart(Connection connection) {
        Scheduler.Task next = scheduler.schedule(() -> end(connection), milliseconds, TimeUnit.MILLISECONDS);
        Scheduler.Task before = running.put(connection, next);
        if (before != null) {
            before.cancel();
        }
    }

    /** Stops the clock, because a request has arrived whole. */
    void stop(Connection connection) {
        Scheduler.Task task = running.remove(connection);
        if (task != null) {
            task.cancel();
        }
    }

    private void end(Connection connection) {
        running.remove(connection);
        connection.getEndPoint().close();
    }
}
