package dev.storyline.modeler.draw;

import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All pictures of a landscape on one self-contained page with pan, zoom, search, and the details of each element. */
public final class ModelPage {
    /** The limit of slices for a picture of all contexts. A larger picture is slow and hard to read. */
    private static final int MOST_TOGETHER = 400;

    private static final String ALL = "all";

    private ModelPage() {}

    /** Returns the page of a landscape in which all contexts run. */
    public static String html(Landscape landscape) {
        return html(landscape, landscape.models().keySet());
    }

    /**
     * Returns the page of a landscape. It opens on the map of contexts, or on the only context that runs.
     *
     * @param running the contexts that run; the page has all of them
     */
    public static String html(Landscape landscape, Set<String> running) {
        return html(landscape, running, Gaps.of(landscape), Lineage.stated(landscape));
    }

    /**
     * Returns the page of a landscape.
     *
     * @param running the contexts that run
     * @param gaps the gaps, by {@link Gaps#key element or slice}
     * @param lineage the origins and destinations of fields
     * @return one HTML document; the same landscape gives the same text
     */
    static String html(Landscape landscape, Set<String> running, Map<String, String> gaps, Lineage lineage) {
        Markup out = new Markup().raw("<!DOCTYPE html>\n");
        out.open("html", "lang", "en");
        out.open("head");
        out.empty("meta", "charset", "utf-8");
        out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        out.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy());
        out.leaf("title", "Storyline model");
        out.empty("link", "rel", "icon", "href", "data:,");
        out.raw("<style>" + style() + "</style>\n").close();
        out.open("body");
        out.leaf("a", "Skip to the picture", "class", "skip", "href", "#stage");
        header(out, landscape, opens(landscape, running));
        out.open("main", "id", "main");
        stage(out, landscape, running, gaps);
        panel(out);
        out.close();
        new Panels(out, landscape, gaps, lineage).write();
        out.raw("<script>" + script() + "</script>\n");
        return out.close().close().toString();
    }

    /** Returns the value of the header {@code Content-Security-Policy}. The page contains it too. */
    public static String policy() {
        return "default-src 'none'; img-src data:; style-src '" + hash(style()) + "'; script-src '" + hash(script())
                + "'; base-uri 'none'; form-action 'none'";
    }

    private static String style() {
        return Sheet.resource("picture.css") + Sheet.resource("page.css");
    }

    private static String script() {
        return Sheet.resource("page.js");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    /** Returns the contexts to choose from. A single context has no picture of all contexts. */
    private static List<String> contexts(Landscape landscape) {
        List<String> contexts = new ArrayList<>();
        int slices = landscape.models().values().stream()
                .mapToInt(model -> model.slices().size())
                .sum();
        if (landscape.models().size() > 1 && slices <= MOST_TOGETHER) {
            contexts.add(ALL);
        }
        contexts.addAll(landscape.models().keySet());
        return contexts;
    }

    /** Returns the context that the page opens on: the only one that runs, else all of them on the map. */
    private static String opens(Landscape landscape, Set<String> running) {
        List<String> contexts = contexts(landscape);
        return running.size() == 1 && contexts.containsAll(running)
                ? running.iterator().next()
                : contexts.isEmpty() ? "" : contexts.getFirst();
    }

    private static void header(Markup out, Landscape landscape, String opens) {
        out.open("header");
        out.leaf("h1", "Storyline");
        out.open("div", "class", "choice kinds", "role", "group", "aria-label", "Kind of picture");
        boolean map = opens.equals(ALL);
        if (landscape.models().size() > 1) {
            choice(out, "kind", "map", "Map", map);
        }
        choice(out, "kind", "board", "Storyboard", !map);
        choice(out, "kind", "space", "Spatial", false);
        choice(out, "kind", "list", "List", false);
        out.close();
        out.open("div", "class", "choice contexts", "role", "group", "aria-label", "Context");
        for (String context : contexts(landscape)) {
            choice(out, "context", context, context.equals(ALL) ? "All" : context, context.equals(opens));
        }
        out.close();
        out.open("form", "role", "search", "id", "search");
        out.leaf("label", "Search by name", "for", "query", "class", "unseen");
        out.empty(
                "input",
                "id",
                "query",
                "type",
                "search",
                "placeholder",
                "Search by name",
                "autocomplete",
                "off",
                "maxlength",
                "100");
        out.leaf("p", "", "id", "found", "role", "status", "class", "unseen");
        out.leaf("ul", "", "id", "results", "hidden", "hidden", "aria-label", "Results");
        out.close();
        out.open("div", "class", "choice tools", "role", "group", "aria-label", "View");
        button(out, "zoom-out", "\u2212", "Zoom out");
        out.leaf("output", "100 %", "id", "scale", "aria-label", "Zoom");
        button(out, "zoom-in", "+", "Zoom in");
        button(out, "fit", "Fit", "Fit to the width");
        out.leaf(
                "button",
                "Scenarios",
                "type",
                "button",
                "id",
                "scenarios",
                "aria-pressed",
                "false",
                "title",
                "Show the scenarios under the storyboard");
        button(out, "theme", "Auto", "Colours: as the system has them");
        out.close();
        out.close();
    }

    private static void choice(Markup out, String group, String value, String label, boolean pressed) {
        out.leaf("button", label, "type", "button", "data-" + group, value, "aria-pressed", Boolean.toString(pressed));
    }

    private static void button(Markup out, String id, String text, String label) {
        out.leaf("button", text, "type", "button", "id", id, "aria-label", label, "title", label);
    }

    private static void stage(Markup out, Landscape landscape, Set<String> running, Map<String, String> gaps) {
        out.open(
                "div",
                "id",
                "stage",
                "tabindex",
                "0",
                "role",
                "region",
                "aria-label",
                "Picture. Arrow keys move it, plus and minus zoom, Tab goes from element to element.");
        if (landscape.models().isEmpty()) {
            out.leaf("p", "There is no model yet: write one in src/contexts/<context>/model.yaml.", "class", "empty");
        }
        if (landscape.models().size() > 1) {
            section(out, "map", ALL, false)
                    .raw(ContextMap.draw(landscape, running, "map"))
                    .close();
        }
        boolean first = true;
        for (String context : contexts(landscape)) {
            List<Model> models = models(landscape, context);
            section(out, "board", context, first)
                    .raw(Storyboard.draw(landscape, models, gaps, context + "-board", false))
                    .close();
            section(out, "space", context, false)
                    .raw(SpatialPicture.draw(landscape, models, gaps, context + "-space", false))
                    .close();
            section(out, "list", context, false);
            list(out, models);
            out.close();
            first = false;
        }
        out.close();
    }

    private static List<Model> models(Landscape landscape, String context) {
        Model model = landscape.models().get(context);
        return model == null ? List.copyOf(landscape.models().values()) : List.of(model);
    }

    private static Markup section(Markup out, String kind, String context, boolean shown) {
        return out.open(
                "div", "class", "sight " + kind, "data-sight", kind + " " + context, shown ? "" : "hidden", "hidden");
    }

    /** Writes the story as text: chapters, slices, and their elements. */
    private static void list(Markup out, List<Model> models) {
        for (StoryOrder.Part part : StoryOrder.told(models)) {
            out.leaf("h2", part.model().context() + ": " + part.chapter().name());
            if (!part.chapter().about().isEmpty()) {
                out.leaf("p", part.chapter().about());
            }
            out.open("ol");
            for (Slice slice : part.chapter().slices()) {
                out.open("li");
                entry(out, Gaps.key(part.model(), slice), slice.name());
                out.leaf("p", slice.about());
                out.close();
            }
            out.close();
        }
        for (Model model : models) {
            out.leaf("h2", model.context() + ": all elements");
            out.open("ul", "class", "elements");
            model.elements().forEach(element -> {
                out.open("li");
                entry(out, Gaps.key(element), element.name());
                out.leaf("span", element.kind().word(), "class", "quiet");
                out.close();
            });
            out.close();
        }
    }

    static void entry(Markup out, String key, String text) {
        out.leaf("button", text, "type", "button", "class", "entry", "data-key", key);
    }

    private static void panel(Markup out) {
        out.open("aside", "id", "panel", "hidden", "hidden", "tabindex", "-1", "aria-label", "Details");
        out.leaf("button", "Close", "type", "button", "id", "close");
        out.leaf("div", "", "id", "details");
        out.close();
    }
}
