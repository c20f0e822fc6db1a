package dev.storyline.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Invokes functions, and counts how often. */
public final class CountedInvoker implements FunctionInvoker {
    private final FunctionInvoker invoker;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    public CountedInvoker(FunctionInvoker invoker) {
        this.invoker = invoker;
    }

    @Override
    public void startAll() {
        invoker.startAll();
    }

    @Override
    public JsonNode invoke(String arn, JsonNode event) throws FunctionFailed {
        counts.computeIfAbsent(arn, _ -> new LongAdder()).increment();
        return invoker.invoke(arn, event);
    }

    /** How often each function was invoked, by its ARN. */
    public Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((arn, count) -> all.put(arn, count.sum()));
        return all;
    }

    @Override
    public void close() {
        invoker.close();
    }
}
