package dev.storyline.simulation;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** The faults of one history: which kinds occur, how often, and how many in total. All of it is drawn from the seed. */
public final class Faults {
    private static final int MOST = 160;

    private final Random random;
    private final Map<Fault, Double> intensities = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private final Map<String, Long> outages = new HashMap<>();
    private int left;
    private boolean on;

    private Faults(Random random) {
        this.random = random;
    }

    /** Draws a fault plan: some kinds of faults never occur, some rarely, some often. */
    public static Faults drawn(Random random) {
        Faults faults = new Faults(random);
        for (Fault fault : Fault.values()) {
            if (random.nextInt(3) > 0) {
                faults.intensities.put(fault, fault.most() * random.nextDouble());
            }
        }
        faults.left = random.nextInt(MOST);
        return faults;
    }

    /** Turns fault injection on or off. */
    void on(boolean now) {
        on = now;
        outages.clear();
    }

    /** Returns whether this fault occurs here and now. */
    boolean strikes(Fault fault) {
        double intensity = intensities.getOrDefault(fault, 0.0);
        if (!on || left <= 0 || intensity == 0 || random.nextDouble() >= intensity) {
            return false;
        }
        left--;
        counts.merge(fault, 1, Integer::sum);
        return true;
    }

    /** Makes one of these tables unavailable until the given time. */
    void close(List<String> tables, long until) {
        outages.put(tables.get(random.nextInt(tables.size())), until);
    }

    boolean closed(String table, long now) {
        return on && now < Objects.requireNonNull(outages.getOrDefault(table, 0L));
    }

    /** Returns how often each kind of fault occurred. */
    public Map<Fault, Integer> counts() {
        return new EnumMap<>(counts);
    }
}
