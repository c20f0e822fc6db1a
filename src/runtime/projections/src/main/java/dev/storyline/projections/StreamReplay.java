package dev.storyline.projections;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a stream make a projection or an event handler do, event by event. Nothing is written and no effect
 * runs: the machine is pure, so that this is what a feed, a redrive or a rebuild would do.
 *
 * @param steps one for each event that the machine folds, {@value #MOST_STEPS} at most
 * @param version the version of the last event that was stepped
 * @param next the first version of the next part; null after the last one
 * @param failed why the machine cannot step over the event after {@code version}; null if it can
 */
public record StreamReplay(
        List<Stepped> steps,
        long version,
        @Nullable Long next,
        @Nullable String failed) {
    static final int MOST_STEPS = 200;

    /** An answer of Lambda has 6 MB at most, and one step at most 100 changes of some KB. */
    private static final int MOST_CHARACTERS = 1_000_000;

    public StreamReplay {
        steps = List.copyOf(steps);
    }

    /**
     * One event, and what it makes the machine do.
     *
     * @param version its version
     * @param type its type
     * @param does the changes of rows of a projection, or the effects of an event handler
     */
    public record Stepped(long version, String type, List<Action> does) {}

    /**
     * A change of a row, or an effect.
     *
     * @param what {@code put}, {@code set}, {@code remove} or {@code add} a row; {@code dispatch}, {@code dispatch-at},
     *     {@code take-back}, {@code publish} or {@code call}
     * @param where the key of the row, of the stream's own row its stream; the key of the effect with what it goes to
     * @param fields the fields of the row, of the amounts, of the command, of the public event or of the request
     */
    public record Action(
            String what, String where, @Nullable JsonNode fields) {}

    /** Steps a stream from its beginning up to a version, and tells it from a version on. */
    static <S, E> StreamReplay of(EngineContext<S, E> context, StreamId stream, long from, long upTo) {
        Run<S, E> run = new Run<>(context, from, upTo);
        try {
            context.store().read(stream, 0, upTo, run::add);
        } catch (Enough e) {
            return new StreamReplay(run.steps, run.version, run.version + 1, null);
        } catch (StoreFailure.Throttled | StoreFailure.Unavailable e) {
            throw e;
        } catch (RuntimeException e) {
            return new StreamReplay(run.steps, run.version, null, EngineContext.reason(e));
        }
        return new StreamReplay(run.steps, run.version, null, null);
    }

    /** The part is full. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super("The part is full", null, false, false);
        }
    }

    private static final class Run<S, E> {
        private final EngineContext<S, E> context;
        private final long from;
        private final long upTo;
        private final List<Stepped> steps = new ArrayList<>();
        private int characters;
        private long version;
        private S state;

        Run(EngineContext<S, E> context, long from, long upTo) {
            this.context = context;
            this.from = from;
            this.upTo = upTo;
            this.state = context.processor().initialState();
        }

        void add(Commit commit) {
            for (Recorded<E> event :
                    context.codec().decode(commit, context.processor().folds())) {
                if (event.version() > upTo) {
                    return;
                }
                StreamProcessor.Outcome<S> outcome = context.processor().step(state, event);
                state = outcome.state();
                version = event.version();
                if (event.version() >= from) {
                    tell(commit, event, outcome);
                }
            }
            version = Math.min(upTo, commit.last());
        }

        private void tell(Commit commit, Recorded<E> event, StreamProcessor.Outcome<S> outcome) {
            List<Action> does = new ArrayList<>();
            outcome.changes().forEach(change -> does.add(changed(event.stream(), change)));
            outcome.effects().forEach(effect -> does.add(action(event, effect)));
            Stepped step = new Stepped(
                    event.version(),
                    commit.events()
                            .get((int) (event.version() - commit.version()))
                            .type(),
                    does);
            steps.add(step);
            characters += Json.mapper().valueToTree(step).toString().length();
            if (steps.size() == MOST_STEPS || characters > MOST_CHARACTERS) {
                throw new Enough();
            }
        }

        private Action action(Recorded<E> event, Effect effect) {
            String key = context.processor() instanceof StreamProcessor.Handling<S, E>(var _, var dispatch)
                    ? dispatch.due(event, List.of(effect)).getFirst().key()
                    : effect.name();
            return switch (effect) {
                case Effect.Dispatch(var _, String slice, StreamId to, Record command, var _) ->
                    new Action("dispatch", key + " to " + slice + ", " + to, tree(command));
                case Effect.DispatchAt(var _, String slice, StreamId to, Record command, var at) ->
                    new Action("dispatch-at", key + " to " + slice + ", " + to + ", at " + at, tree(command));
                case Effect.TakeBack _ -> new Action("take-back", key, null);
                case Effect.Publish(var _, Record published) -> new Action("publish", key, tree(published));
                case Effect.Call(var _, String port, Record request) ->
                    new Action("call", key + " to " + port, tree(request));
            };
        }
    }

    private static Action changed(StreamId stream, RowChange change) {
        return switch (change) {
            case RowChange.Put(RowKey key, Record row) -> new Action("put", where(key), tree(row));
            case RowChange.PutOwn(Record row) -> new Action("put", stream.toString(), tree(row));
            case RowChange.Set(RowKey key, var attributes) -> new Action("set", where(key), tree(attributes));
            case RowChange.Remove(RowKey key) -> new Action("remove", where(key), null);
            case RowChange.Add(RowKey key, var amounts) -> new Action("add", where(key), tree(amounts));
        };
    }

    private static String where(RowKey key) {
        return key.partition() + " " + key.sort();
    }

    private static JsonNode tree(Object value) {
        return Json.mapper().valueToTree(value);
    }
}
