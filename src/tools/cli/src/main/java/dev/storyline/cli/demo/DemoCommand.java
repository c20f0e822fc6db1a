package dev.storyline.cli.demo;

import dev.storyline.cli.common.CouldNot;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.cli.operator.DataOptions;
import dev.storyline.local.common.ConsoleLog;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./storyline demo}. */
@Command(
        name = "demo",
        description = {
            "Fill the running local cloud with five days of a business, over HTTP only: orders that are paid, shipped,"
                    + " returned, cancelled or out of stock, jobs of busy crews, wishes of children. The clock of the cloud is"
                    + " moved from day to day. The same seed plans the same days; each run makes new orders, jobs and wishes.",
            "A cloud that is killed meanwhile and started again within two minutes is survived. At the end it is checked"
                    + " whether stock and money agree; the exit status is 1 if they do not."
        })
public final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final JsonOption format = new JsonOption();

    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many orders are placed, 0 to 10000 (default: ${DEFAULT-VALUE}).")
    private int orders;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many jobs are taken, 0 to 10000 (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--wishes",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many wishes are made, 0 to 10000 (default: ${DEFAULT-VALUE}).")
    private int wishes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which days are planned (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The address of the local cloud (default: that of the cloud that runs on the data directory, or"
                            + " else http://127.0.0.1:8080).")
    private @Nullable String url;

    public DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Sizes sizes = new Sizes(orders, jobs, wishes);
        Set<String> contexts = data.contexts(session);
        CloudAddress named = url == null ? null : CloudAddress.fixed(address(url));
        ConsoleLog.startQuietly();
        CloudAddress found = CloudAddress.on(data.folder(session));
        try (CloudClient client = new CloudClient(named == null ? found : named)) {
            Running running = Running.read(client.index(), contexts);
            requireOpenRoutes(running, client);
            DemoClock clock = found.isOfData() && found.current().equals(client.address())
                    ? DemoClock.on(data.folder(session))
                    : DemoClock.still();
            DemoReport report = perform(new Scenario(seed, clock.now(), sizes, running), client, clock);
            if (format.json()) {
                session.print(report.json());
            } else {
                report.lines().forEach(session.out()::println);
            }
            return ExitStatus.found(report.hasObjections());
        }
    }

    private static URI address(String text) {
        try {
            URI address = URI.create(text);
            if (address.getHost() != null && "http".equals(address.getScheme())) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new WrongUse(notAnAddress(text));
        }
        throw new WrongUse(notAnAddress(text));
    }

    private static String notAnAddress(String text) {
        return "The address of a local cloud is like http://127.0.0.1:8080, not '" + text + "'.";
    }

    /** A demo has no tokens. */
    private static void requireOpenRoutes(Running running, CloudClient client) throws InterruptedException {
        for (String route : running.routes()) {
            if (route.startsWith("GET ") && !route.contains("{") && running.serves(route)) {
                if (client.get(route.substring("GET ".length())).status() == 401) {
                    throw new CouldNot("The local cloud asks for tokens: start it without --auth for a demo.");
                }
                return;
            }
        }
    }

    private DemoReport perform(Scenario scenario, CloudClient client, DemoClock clock) throws InterruptedException {
        Plan plan = Plan.of(scenario);
        int days = clock.moves() ? Scenario.DAYS : 1;
        DemoProgress progress = new DemoProgress(session, days, plan.steps(days));
        Performance performance = new Performance(scenario, client, progress);
        long begin = System.nanoTime();
        try {
            performance.perform(plan, days, clock);
        } finally {
            progress.end();
        }
        List<Checks.Verdict> verdicts = new Checks(scenario.running(), client, performance).all(plan);
        long nanos = System.nanoTime() - begin;
        Instant end = clock.now();
        return new DemoReport(
                scenario.tag(),
                scenario.begin(),
                end,
                days,
                nanos,
                client.sent(),
                client.retries(),
                performance.ends(),
                verdicts,
                performance.problems(),
                notes(scenario, clock),
                look(scenario, client.address(), days));
    }

    private static List<String> notes(Scenario scenario, DemoClock clock) {
        List<String> notes = new ArrayList<>();
        if (!clock.moves()) {
            notes.add("all days but the first: only the clock of a cloud with a data directory can be moved, and"
                    + " --data names the directory");
        }
        missing(scenario, "orders", scenario.sizes().orders(), notes, "catalogue", "inventory", "orders");
        missing(scenario, "what orders cost", scenario.sizes().orders(), notes, "accounting");
        missing(scenario, "jobs", scenario.sizes().jobs(), notes, "fieldops");
        missing(scenario, "maintenance", scenario.sizes().jobs(), notes, "maintenance");
        missing(scenario, "wishes", scenario.sizes().wishes(), notes, "wishes");
        missing(scenario, "presents", scenario.sizes().wishes(), notes, "logistics");
        missing(scenario, "the naughty list", scenario.sizes().wishes(), notes, "naughtychildren");
        return notes;
    }

    private static void missing(Scenario scenario, String what, int wanted, List<String> notes, String... contexts) {
        List<String> missing = Stream.of(contexts)
                .filter(context -> !scenario.running().has(context))
                .toList();
        if (wanted > 0 && !missing.isEmpty()) {
            notes.add(what + ": " + String.join(", ", missing) + (missing.size() == 1 ? " is" : " are")
                    + " not used or does not run");
        }
    }

    private static List<String> look(Scenario scenario, URI base, int days) {
        List<String> look = new ArrayList<>();
        String day = scenario.date(days).toString();
        String month = day.substring(0, "2026-11".length());
        for (String path : List.of(
                "/catalogue/search?q=wooden+trian",
                "/orders/open",
                "/orders/sales?day=" + day,
                "/inventory/low-stock",
                "/accounting/trial-balance",
                "/accounting/revenue?month=" + month,
                "/accounting/open-items",
                "/fieldops/regions/vienna/jobs?day=" + scenario.date(days + 1),
                "/fieldops/crews",
                "/wishes/naughty-list")) {
            String context = path.substring(1, path.indexOf('/', 1));
            if (scenario.running().has(context)) {
                look.add(base.resolve(path).toString());
            }
        }
        look.add(base.resolve("/") + " in a browser: the event model");
        return look;
    }
}
