package dev.storyline.modeler.check;

import dev.storyline.model.Element;
import dev.storyline.model.Field;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import dev.storyline.model.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The subject of a finding, its location, and the waivers that apply there.
 *
 * @param context the context of the model
 * @param subject {@code WishApproved.wish}
 * @param place the location
 * @param waivers the waivers that apply there, the nearest first
 */
record FindingSite(String context, String subject, SourceLocation place, List<Map<String, String>> waivers) {
    static FindingSite of(Element element) {
        return new FindingSite(element.context(), element.name(), element.place(), List.of(element.waived()));
    }

    static FindingSite of(Element element, String path, Field field) {
        return new FindingSite(
                element.context(),
                element.name() + "." + path,
                field.place(),
                List.of(field.waived(), element.waived()));
    }

    static FindingSite of(Model model, Slice slice) {
        return new FindingSite(model.context(), slice.name(), slice.place(), List.of(slice.waived()));
    }

    /** Returns the same site at another location. */
    FindingSite at(SourceLocation other) {
        return new FindingSite(context, subject, other, waivers);
    }

    /** Returns the same site with further waivers. */
    FindingSite and(Map<String, String> more) {
        List<Map<String, String>> all = new ArrayList<>(waivers);
        all.add(more);
        return new FindingSite(context, subject, place, List.copyOf(all));
    }
}
