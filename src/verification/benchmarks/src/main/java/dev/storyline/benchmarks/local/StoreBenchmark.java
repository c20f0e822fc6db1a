package dev.storyline.benchmarks.local;

import static dev.storyline.benchmarks.local.Report.Target.NONE;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures one store from empty to its largest size. */
final class StoreBenchmark {
    private static final Report.Target SAME_SPEED = Report.Target.atLeast(0.8, "");
    private static final int BLOCK = 10;

    private final OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Plan plan;
    private final Report report;
    private final Path work;
    private final @Nullable Path data;
    private final Map<Integer, Double> perSecondAtFirst = new HashMap<>();
    private int stored;
    private CloudUnderTest cloud;
    private WishCalls calls;

    StoreBenchmark(Plan plan, Report report, Path work, @Nullable Path data) throws Exception {
        this.plan = plan;
        this.report = report;
        this.work = work;
        this.data = data;
        this.cloud = CloudUnderTest.start(plan.root(), work, data);
        this.calls = new WishCalls(cloud.base());
    }

    /** Prints all figures of the store. */
    void print() throws Exception {
        try {
            report.begin(data == null ? "memory" : "data directory");
            warmUp();
            oneCaller();
            delivery();
            for (int callers : plan.callers()) {
                if (callers > 1) {
                    press(callers);
                }
            }
            double bytes = directoryBytes();
            long commits = commits()[1];
            for (int size : plan.commits()) {
                grow(size);
                atThisSize();
            }
            if (plan.stream() > 0) {
                oneStream();
            }
            if (data == null) {
                memory();
            } else {
                long more = commits()[1] - commits;
                restart();
                report.row("growth of the data directory per commit, bytes", (directoryBytes() - bytes) / more, NONE);
            }
        } finally {
            cloud.close();
        }
    }

    /** The numbers of commits in the event table of wishes, and in all event tables. */
    private long[] commits() throws IOException {
        return Stream.of(cloud.ask("commits").split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private void warmUp() throws Exception {
        Press.run(calls, 4, plan.seconds());
        cloud.ask("raw 100");
        settle(Press.run(calls, 1, plan.seconds()));
    }

    /** Waits until both views show the last wishes, and returns the seconds. */
    private double settle(Press press) throws InterruptedException {
        long begin = System.nanoTime();
        for (WishCalls.Wished wish : press.last()) {
            settle(wish);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private void settle(WishCalls.Wished wish) throws InterruptedException {
        Waiting.until(() -> calls.isInOwnView(wish), System.nanoTime());
        Waiting.until(() -> calls.isInLogistics(wish), System.nanoTime());
    }

    /** Wishes and raw calls alternate in small blocks, so that other load affects both. */
    private void oneCaller() throws Exception {
        List<Double> middle = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        List<Double> raws = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int run = 0; run < plan.runs(); run++) {
            List<Long> wishes = new ArrayList<>();
            List<Long> raw = new ArrayList<>();
            WishCalls.Wished last = calls.wish();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(plan.seconds());
            while (System.nanoTime() < end) {
                for (String nanos : cloud.ask("raw " + BLOCK).split(" ")) {
                    raw.add(Long.parseLong(nanos));
                }
                for (int i = 0; i < BLOCK; i++) {
                    last = calls.wish();
                    wishes.add(last.nanos());
                }
            }
            Percentiles ours = new Percentiles(wishes);
            double rawMillis = new Percentiles(raw).millis(0.5);
            middle.add(ours.millis(0.5));
            high.add(ours.millis(0.95));
            raws.add(rawMillis);
            ratios.add(ours.millis(0.5) / rawMillis);
            settle(last);
        }
        report.row("one caller: wish of a new child, p50 ms", middle, NONE);
        report.row("one caller: wish of a new child, p95 ms", high, NONE);
        report.row("its GetItem, Query and PutItem with the raw SDK, p50 ms", raws, NONE);
        report.row("one caller: p50 of the wish over that of the raw calls", ratios, Report.Target.atMost(3, ""));
    }

    private void delivery() throws InterruptedException {
        List<Double> middle = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        for (int run = 0; run < plan.runs(); run++) {
            List<Long> nanos = new ArrayList<>();
            for (int i = 0; i < 5 * plan.seconds(); i++) {
                // Arrives at any moment between the polls of the cloud.
                Thread.sleep(ThreadLocalRandom.current().nextInt(300));
                WishCalls.Wished wish = calls.wish();
                nanos.add(Waiting.until(() -> calls.isInLogistics(wish), wish.answeredAt()));
            }
            middle.add(new Percentiles(nanos).millis(0.5));
            high.add(new Percentiles(nanos).millis(0.95));
        }
        report.row("one caller: wish until it is in logistics' view, p50 ms", middle, NONE);
        report.row("one caller: wish until it is in logistics' view, p95 ms", high, Report.Target.atMost(500, ""));
    }

    private void press(int callers) throws Exception {
        List<Press> runs = new ArrayList<>();
        List<Double> backlog = new ArrayList<>();
        List<StoreMeter> busy = new ArrayList<>();
        List<Double> processors = new ArrayList<>();
        for (int run = 0; run < plan.runs(); run++) {
            StoreMeter before = meter();
            machine.getCpuLoad();
            Press press = Press.run(calls, callers, plan.seconds(), () -> {
                busy.add(meter().since(before));
                processors.add(100 * machine.getCpuLoad());
            });
            backlog.add(settle(press));
            runs.add(press);
        }
        String who = callers + " callers: ";
        report.row(who + "commands/s", runs.stream().map(Press::perSecond).toList(), NONE);
        for (double share : new double[] {0.5, 0.99}) {
            List<Double> millis =
                    runs.stream().map(run -> run.latency().millis(share)).toList();
            report.row(who + "p" + Math.round(share * 100) + " ms", millis, NONE);
        }
        report.row(who + "answers 503", count(runs, 503), NONE);
        report.row(who + "answers that are neither 201 nor 503", others(runs), Report.Target.atMost(0, ""));
        report.row(
                who + "worst lag of the child's view, s",
                runs.stream().map(Press::worstOwnView).toList(),
                NONE);
        report.row(
                who + "worst lag of logistics' view, s",
                runs.stream().map(Press::worstLogistics).toList(),
                NONE);
        report.row(who + "until all is delivered after the press, s", backlog, NONE);
        report.row(who + "the processors are busy, percent", processors, NONE);
        meterRows(who, busy);
    }

    private static List<Double> count(List<Press> runs, int status) {
        return runs.stream()
                .map(run -> (double) run.statuses().getOrDefault(status, 0))
                .toList();
    }

    private static List<Double> others(List<Press> runs) {
        return runs.stream()
                .map(run -> run.statuses().entrySet().stream()
                        .filter(status -> status.getKey() != 201 && status.getKey() != 503)
                        .mapToDouble(Map.Entry::getValue)
                        .sum())
                .toList();
    }

    private StoreMeter meter() throws IOException {
        return StoreMeter.parse(cloud.ask("meter"));
    }

    private void meterRows(String who, List<StoreMeter> busy) {
        report.row(
                who + "the slices' share of the store's work, percent",
                busy.stream()
                        .map(reading -> 100.0 * reading.sliceNanos() / reading.busyNanos())
                        .toList(),
                NONE);
        report.row(
                who + "the store's thread is busy, percent of the press",
                busy.stream()
                        .map(reading -> 100.0 * reading.busyNanos() / reading.wallNanos())
                        .toList(),
                NONE);
        report.row(
                who + "the store's thread is busy while it has work, percent",
                busy.stream()
                        .map(reading -> 100.0 * reading.busyNanos() / reading.occupiedNanos())
                        .toList(),
                NONE);
    }

    /** Adds commits in stored form up to this number, and waits until the feeds have worked them off. */
    private void grow(int size) throws Exception {
        int missing = size - stored;
        if (missing == 0) {
            return;
        }
        stored = size;
        long begin = System.nanoTime();
        cloud.ask("history " + missing);
        double written = (System.nanoTime() - begin) / 1e9;
        // Feeds deliver in order: where the views show a wish that is made now, they have seen all that came before.
        settle(calls.wish());
        report.note(String.format(
                Locale.ROOT,
                "%,d commits were written in stored form in %.0f s; the feeds had worked them off after %.0f s",
                missing,
                written,
                (System.nanoTime() - begin) / 1e9));
    }

    private void atThisSize() throws Exception {
        String size = String.format(Locale.ROOT, "%,d commits: ", commits()[0]);
        List<Integer> few =
                plan.callers().stream().filter(number -> number <= 16).toList();
        for (int callers : few) {
            List<Double> perSecond = new ArrayList<>();
            for (int run = 0; run < plan.runs(); run++) {
                Press press = Press.run(calls, callers, plan.seconds());
                perSecond.add(press.perSecond());
                settle(press);
            }
            String what = size + callers + (callers == 1 ? " caller, " : " callers, ");
            report.row(what + "commands/s", perSecond, NONE);
            double first = perSecondAtFirst.computeIfAbsent(callers, _ -> Report.median(perSecond));
            List<Double> ratios = perSecond.stream().map(run -> run / first).toList();
            report.row(what + "over those at the first size", ratios, SAME_SPEED);
        }
        Thread.sleep(TimeUnit.SECONDS.toMillis(plan.restSeconds()));
        Duration before = cloud.cpu();
        long begin = System.nanoTime();
        Thread.sleep(TimeUnit.SECONDS.toMillis(plan.idleSeconds()));
        double share = 100.0 * cloud.cpu().minus(before).toNanos() / (System.nanoTime() - begin);
        report.row(
                size + "CPU " + plan.restSeconds() + " s after the last delivery, % of a core",
                share,
                Report.Target.below(2, ""));
    }

    /** Sends all commands to one child: ten wishes are approved, and the others are rejected on record. */
    private void oneStream() throws InterruptedException {
        String child = UUID.randomUUID().toString();
        int part = Math.max(1, plan.stream() / 10);
        List<Long> commands = new ArrayList<>();
        List<Long> firstQueries = List.of();
        for (int i = 0; i < plan.stream(); i++) {
            WishCalls.Wished wish = calls.wish(child);
            if (wish.status() != 201 && wish.status() != 422) {
                throw new IllegalStateException("A wish was answered " + wish.status());
            }
            commands.add(wish.nanos());
            if (i + 1 == part) {
                firstQueries = strongQueries(child);
            }
        }
        double first = new Percentiles(commands.subList(0, part)).millis(0.5);
        double last = new Percentiles(commands.subList(commands.size() - part, commands.size())).millis(0.5);
        String stream = String.format(Locale.ROOT, "one stream of %,d commits: ", plan.stream());
        report.row(stream + "p50 of its last tenth, ms", last, NONE);
        report.row(stream + "p50, last over first tenth", last / first, Report.Target.atMost(2, ""));
        double strong = new Percentiles(strongQueries(child)).millis(0.5);
        report.row(stream + "strong query, p50 ms", strong, NONE);
        report.row(
                stream + "strong query, over the first tenth's",
                strong / new Percentiles(firstQueries).millis(0.5),
                Report.Target.atMost(2, ""));
    }

    private List<Long> strongQueries(String child) throws InterruptedException {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            long before = System.nanoTime();
            if (calls.get("/wishes/children/" + child + "?consistency=strong").isEmpty()) {
                throw new IllegalStateException("A strong query was not answered 200");
            }
            nanos.add(System.nanoTime() - before);
        }
        return nanos;
    }

    private void memory() throws IOException {
        report.row(
                String.format(Locale.ROOT, "%,d commits: resident memory, MB", commits()[0]),
                cloud.residentBytes() / 1e6,
                Report.Target.below(1000, ""));
    }

    private void restart() throws Exception {
        memory();
        String size = String.format(Locale.ROOT, "%,d commits: ", commits()[0]);
        List<Double> seconds = new ArrayList<>();
        for (int run = 0; run < plan.runs(); run++) {
            cloud.close();
            long begin = System.nanoTime();
            cloud = CloudUnderTest.start(plan.root(), work, data);
            calls = new WishCalls(cloud.base());
            Waiting.until(() -> !calls.get("/wishes/naughty-list").isEmpty(), begin);
            seconds.add((System.nanoTime() - begin) / 1e9);
        }
        report.row(size + "restart until the first answer, s", seconds, Report.Target.below(10, ""));
    }

    private double directoryBytes() throws IOException {
        if (data == null) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
