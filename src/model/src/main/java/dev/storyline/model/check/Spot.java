package dev.storyline.model.check;

import dev.storyline.model.Element;
import dev.storyline.model.Field;
import dev.storyline.model.Model;
import dev.storyline.model.Place;
import dev.storyline.model.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a finding is about, where it stands, and the waivers that hold there.
 *
 * @param context whose model it is
 * @param subject {@code WishApproved.wish}
 * @param place where
 * @param waivers what is waived there, the nearest first
 */
record Spot(String context, String subject, Place place, List<Map<String, String>> waivers) {
    static Spot of(Element element) {
        return new Spot(element.context(), element.name(), element.place(), List.of(element.waived()));
    }

    static Spot of(Element element, String path, Field field) {
        return new Spot(
                element.context(),
                element.name() + "." + path,
                field.place(),
                List.of(field.waived(), element.waived()));
    }

    static Spot of(Model model, Slice slice) {
        return new Spot(model.context(), slice.name(), slice.place(), List.of(slice.waived()));
    }

    /** The same at another place. */
    Spot at(Place other) {
        return new Spot(context, subject, other, waivers);
    }

    /** The same where waivers of something else hold as well. */
    Spot and(Map<String, String> more) {
        List<Map<String, String>> all = new ArrayList<>(waivers);
        all.add(more);
        return new Spot(context, subject, place, List.copyOf(all));
    }
}
