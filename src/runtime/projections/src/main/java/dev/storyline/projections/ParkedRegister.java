package dev.storyline.projections;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The register of the parked streams of one processor, in all generations that it writes. Thanks to it, parked streams
 * are found without a scan. It is read in parts, so its size has no limit. About 20 entries cost 1 read unit.
 */
final class ParkedRegister {
    private static final int PART = 500;

    private final LiveGenerations generations;

    ParkedRegister(LiveGenerations generations) {
        this.generations = generations;
    }

    /**
     * An entry.
     *
     * @param place where it stands; a part that begins after it has the entries behind it
     * @param parked why the stream is parked
     */
    record Entry(Place place, Parked parked) {
        String stream() {
            return place.stream();
        }
    }

    /**
     * A place in the register. Generations are read from the highest on, streams in the order of their names.
     *
     * @param generation the generation
     * @param stream the name of a stream; empty for the beginning of the generation
     */
    record Place(int generation, String stream) {
        private static final Place BEGINNING = new Place(Integer.MAX_VALUE, "");

        /** Reads a place as {@link #text} gives it; an empty text is the beginning. */
        static Place read(String text) {
            if (text.isEmpty()) {
                return BEGINNING;
            }
            int space = text.indexOf(' ');
            try {
                return new Place(Integer.parseInt(text.substring(0, Math.max(0, space))), text.substring(space + 1));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no place in the register of parked streams: give 'next' of the last answer",
                        e);
            }
        }

        /** {@code 1 child#simo}. */
        String text() {
            return generation + " " + stream;
        }
    }

    /**
     * A part of the register.
     *
     * @param entries its entries
     * @param next the place after which the next part begins; null after the last one
     */
    record Part(List<Entry> entries, @Nullable Place next) {}

    /** The entries after a place, at most this number of them. */
    Part after(Place place, int most) {
        List<Entry> entries = new ArrayList<>();
        for (Generation generation : generations.live()) {
            if (generation.number() > place.generation()) {
                continue;
            }
            if (entries.size() >= most) {
                return new Part(entries, new Place(generation.number(), ""));
            }
            String after = generation.number() == place.generation() ? place.stream() : "";
            GenerationReader.ParkedPage page = generation.reader().parked(after, most - entries.size());
            page.entries()
                    .forEach(entry ->
                            entries.add(new Entry(new Place(generation.number(), entry.stream()), entry.parked())));
            if (page.next() != null) {
                return new Part(entries, new Place(generation.number(), page.next()));
            }
        }
        return new Part(entries, null);
    }

    /** Gives all entries. */
    void forEach(Consumer<Entry> to) {
        Place place = Place.BEGINNING;
        while (place != null) {
            Part part = after(place, PART);
            part.entries().forEach(to);
            place = part.next();
        }
    }
}
