package dev.storyline.modeler.check;

import dev.storyline.model.Element;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import dev.storyline.model.Slice.Pattern;
import dev.storyline.modeler.check.ModelIndex.Wired;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The semantic rules of the Scalable Modeling metamodel v0.1 that our format can express; {@link Loops} has one more. */
final class Semantics {
    private final ModelIndex index;
    private final ModelFindings findings;

    private Semantics(ModelIndex index, ModelFindings findings) {
        this.index = index;
        this.findings = findings;
    }

    static void check(ModelIndex index, ModelFindings findings) {
        Semantics semantics = new Semantics(index, findings);
        for (Wired wired : index.slices()) {
            semantics.gatekeeper(wired);
            semantics.commandHandler(wired);
            semantics.eventHandler(wired);
            semantics.queryHandler(wired);
        }
        semantics.elements();
    }

    private void slice(CheckRule rule, Wired wired, String sentence) {
        findings.add(
                rule,
                FindingSite.of(wired.model(), wired.slice()),
                "The slice " + wired.slice().name() + " " + sentence);
    }

    private void gatekeeper(Wired wired) {
        Slice slice = wired.slice();
        if (slice.gatekeeper() == null) {
            return;
        }
        boolean somethingElse = !wired.on().isEmpty() || !wired.makes().isEmpty();
        if (wired.command() == null && somethingElse) {
            slice(CheckRule.SM010, wired, "has a gatekeeper and no command.");
        }
        if (!wired.views().isEmpty()) {
            slice(CheckRule.SM011, wired, "has a gatekeeper and keeps " + names(wired.views()) + " itself.");
        }
        for (Element view : wired.asked()) {
            slice(CheckRule.SM040, wired, "decides at its gate by " + view.name() + ", which may be stale.");
        }
    }

    private static String names(List<Element> elements) {
        return elements.stream().map(Element::name).collect(Collectors.joining(", "));
    }

    private void commandHandler(Wired wired) {
        Slice slice = wired.slice();
        boolean decides = !slice.rules().isEmpty() || !wired.folds().isEmpty();
        if (wired.command() == null) {
            if (decides && !wired.on().isEmpty()) {
                slice(CheckRule.SM012, wired, "decides by rules or folded events, but handles no command.");
            }
        } else {
            Set<String> recorded = streams(wired.events());
            if (recorded.size() > 1) {
                slice(
                        CheckRule.SM013,
                        wired,
                        "records events of several streams: " + String.join(", ", recorded) + ".");
            }
            for (Element event : wired.events()) {
                if (event.stream().isEmpty() && !wired.model().streams().isEmpty()) {
                    findings.add(
                            CheckRule.SM031,
                            FindingSite.of(event).and(slice.waived()),
                            "The event " + event.name() + " belongs to no stream, but " + slice.name()
                                    + " records it.");
                }
            }
        }
        Set<String> folded = streams(wired.folds());
        if (folded.size() > 1) {
            slice(CheckRule.SM030, wired, "folds events of several streams: " + String.join(", ", folded) + ".");
        }
    }

    private static Set<String> streams(List<Element> events) {
        Set<String> streams = new TreeSet<>();
        for (Element event : events) {
            if (!event.stream().isEmpty()) {
                streams.add(event.stream());
            }
        }
        return streams;
    }

    private void eventHandler(Wired wired) {
        Slice slice = wired.slice();
        boolean effects = !wired.dispatches().isEmpty()
                || !wired.publishes().isEmpty()
                || !slice.calls().isEmpty();
        if (wired.command() == null && effects && wired.hasActor()) {
            slice(
                    CheckRule.SM014,
                    wired,
                    "has effects and no command, yet the actor " + slice.actor() + " sets it off.");
        }
    }

    private void queryHandler(Wired wired) {
        Slice slice = wired.slice();
        if (slice.pattern() == Pattern.STATE_VIEW) {
            if (wired.command() != null) {
                slice(
                        CheckRule.SM016,
                        wired,
                        "is a state view and handles the command "
                                + wired.command().name() + ".");
            }
            if (!wired.events().isEmpty()
                    || !wired.publishes().isEmpty()
                    || !wired.dispatches().isEmpty()
                    || !slice.calls().isEmpty()) {
                slice(CheckRule.SM017, wired, "is a state view and has effects.");
            }
            List<Element> independent =
                    wired.views().stream().filter(view -> !index.isPart(view)).toList();
            if (independent.size() > 1) {
                slice(CheckRule.SM018, wired, "serves several views: " + names(independent) + ".");
            }
        }
        boolean traceable = !wired.on().isEmpty() || !wired.events().isEmpty();
        for (Element view : traceable ? List.<Element>of() : wired.views()) {
            findings.add(
                    CheckRule.SM033,
                    FindingSite.of(view).and(slice.waived()),
                    "The view " + view.name() + " is made of no event that " + slice.name() + " names.");
        }
    }

    private void elements() {
        Map<String, Element> promised = new HashMap<>();
        for (Model model : index.landscape().models().values()) {
            for (Element event : model.publicEvents().values()) {
                Element other = promised.putIfAbsent(event.name(), event);
                if (other != null) {
                    findings.add(
                            CheckRule.SM020,
                            FindingSite.of(event),
                            "The public event " + event.name() + " is promised by " + other.context() + " as well.");
                }
            }
        }
    }
}
