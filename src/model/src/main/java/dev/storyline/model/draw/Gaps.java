package dev.storyline.model.draw;

import dev.storyline.model.Element;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import java.util.Map;
import java.util.TreeMap;

/** What is missing in a model, as the pictures mark it: one sentence for an element or a slice, by its key. */
public final class Gaps {
    private Gaps() {}

    /** The key of an element: {@code wishes/EVENT:WishApproved}. */
    public static String key(Element element) {
        return element.context() + "/" + element.kind() + ":" + element.name();
    }

    /** The key of a slice: {@code wishes/make-wish}. */
    public static String key(Model model, Slice slice) {
        return model.context() + "/" + slice.name();
    }

    /** What the model itself shows: elements without fields, slices without a pattern or a specification. */
    public static Map<String, String> of(Landscape landscape) {
        Map<String, String> gaps = new TreeMap<>();
        for (Model model : landscape.models().values()) {
            for (Element element : model.elements()) {
                if (element.fields().isEmpty()) {
                    gaps.put(key(element), "no fields yet");
                }
            }
            for (Slice slice : model.slices()) {
                if (slice.pattern() == null) {
                    gaps.put(
                            key(model, slice),
                            slice.specifications().isEmpty()
                                    ? "no pattern and no specification yet"
                                    : "no pattern yet");
                } else if (slice.specifications().isEmpty()) {
                    gaps.put(key(model, slice), "no specification yet");
                }
            }
        }
        return gaps;
    }
}
