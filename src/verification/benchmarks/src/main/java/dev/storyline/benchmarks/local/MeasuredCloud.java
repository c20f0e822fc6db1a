package dev.storyline.benchmarks.local;

import dev.storyline.deployment.Deployment;
import dev.storyline.local.LocalCloud;
import dev.storyline.local.common.ConsoleLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The process that is measured: the local cloud with all contexts, as {@code ./storyline up} starts it. It takes orders,
 * one a line, on standard input, and answers each with one line that starts with {@link #MARK}. It ends with its input.
 */
public final class MeasuredCloud {
    /** What the lines for the benchmark start with. */
    static final String MARK = "bench: ";

    private final LocalCloud cloud;
    private final RawCalls raw;

    private MeasuredCloud(LocalCloud cloud) {
        this.cloud = cloud;
        Deployment.FunctionSpec makeWish = cloud.deployment().functions().stream()
                .filter(function -> function.export().equals("make-wish"))
                .findFirst()
                .orElseThrow();
        this.raw =
                new RawCalls(cloud.dynamo(), setting(makeWish, "EVENT_TABLE"), setting(makeWish, "NAUGHTY_LIST_TABLE"));
    }

    private static String setting(Deployment.FunctionSpec function, String name) {
        return Objects.requireNonNull(function.environment().get(name), name);
    }

    /** Runs the cloud of the repository in the first argument on the data directory in the second, or in memory. */
    public static void main(String[] arguments) {
        ConsoleLog.start();
        int status = 1;
        try (LocalCloud cloud = LocalCloud.start(new LocalCloud.Options(
                Path.of(arguments[0]), 0, arguments.length > 1 ? Path.of(arguments[1]) : null))) {
            System.out.println(MARK + cloud.baseUri());
            new MeasuredCloud(cloud).serve();
            status = 0;
        } catch (IOException | RuntimeException e) {
            System.getLogger(MeasuredCloud.class.getName())
                    .log(System.Logger.Level.ERROR, "The measured cloud ended", e);
        }
        // DynamoDB Local leaves threads behind that would keep the process alive.
        System.exit(status);
    }

    private void serve() throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(MARK + answer(order.split(" ")));
        }
    }

    private String answer(String... order) {
        return switch (order[0]) {
            case "raw" ->
                raw.measure(Integer.parseInt(order[1])).stream()
                        .map(nanos -> Long.toString(nanos))
                        .collect(Collectors.joining(" "));
            case "history" -> {
                new StoredHistory(cloud.dynamo(), raw.events()).write(Integer.parseInt(order[1]));
                yield "written";
            }
            case "commits" -> commits(List.of(raw.events())) + " " + commits(eventTables());
            case "calls" -> FunctionCalls.told(invocations());
            case "meter" -> StoreMeter.of(cloud).toString();
            default -> throw new IllegalArgumentException("There is no order '" + order[0] + "'");
        };
    }

    /** How often functions of each context were invoked; the looks at parked streams every minute do not count. */
    private Map<String, Long> invocations() {
        Map<String, Long> all = new TreeMap<>();
        cloud.invocations().forEach((arn, count) -> {
            Deployment.FunctionSpec function = cloud.deployment().function(arn);
            if (!function.export().endsWith("-upkeep")) {
                all.merge(function.slice().replaceFirst("/.*", ""), count, Long::sum);
            }
        });
        return all;
    }

    private List<String> eventTables() {
        return cloud.deployment().functions().stream()
                .flatMap(function -> function.environment().entrySet().stream())
                .filter(setting -> setting.getKey().equals("EVENT_TABLE"))
                .map(setting -> setting.getValue())
                .distinct()
                .toList();
    }

    /** How many items the tables have; the embedded DynamoDB counts them when it is asked. */
    private long commits(List<String> tables) {
        return tables.stream()
                .mapToLong(table -> cloud.dynamo()
                        .describeTable(request -> request.tableName(table))
                        .table()
                        .itemCount())
                .sum();
    }
}
