package dev.storyline.modeler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** Checks the rules for all pictures by the coordinates of boxes, texts and lines in the SVG. */
@Tag("slow")
class PictureTest {
    /** A box of a picture with its nested boxes. */
    private record Box(String called, String look, double x, double y, double width, double height, List<Box> inner) {
        boolean overlaps(Box other) {
            return x < other.x + other.width
                    && other.x < x + width
                    && y < other.y + other.height
                    && other.y < y + height;
        }

        boolean contains(double left, double top, double right, double bottom) {
            return left >= x && right <= x + width && top >= y && bottom <= y + height;
        }

        /** Checks whether a horizontal or vertical line crosses the box, and does not only touch its edge. */
        boolean isCut(double x1, double y1, double x2, double y2) {
            return Math.min(x1, x2) < x + width - 1
                    && Math.max(x1, x2) > x + 1
                    && Math.min(y1, y2) < y + height - 1
                    && Math.max(y1, y2) > y + 1;
        }
    }

    /** A picture with its name, which appears in failures. */
    record Named(String name, String svg) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> pictures() {
        Landscape ours = Invented.ours();
        List<Named> all = new ArrayList<>();
        for (Model model : ours.models().values()) {
            add(all, model.context(), ours, List.of(model));
        }
        add(all, "ours together", ours, List.copyOf(ours.models().values()));
        for (int count : List.of(1, 5, 60)) {
            Landscape invented = Invented.slices(count);
            add(
                    all,
                    count + " slices, seed " + Invented.SEED,
                    invented,
                    List.copyOf(invented.models().values()));
            add(
                    all,
                    count + " slices, one context",
                    invented,
                    List.of(invented.models().values().iterator().next()));
        }
        for (Landscape landscape : List.of(young(), Invented.hostile(), empty())) {
            List<Model> models = List.copyOf(landscape.models().values());
            add(all, models.getFirst().context(), landscape, models);
        }
        return all.stream();
    }

    private static void add(List<Named> all, String name, Landscape landscape, List<Model> models) {
        all.add(new Named("storyboard of " + name, Storyboard.svg(landscape, models)));
        all.add(new Named("space of " + name, SpatialPicture.svg(landscape, models)));
    }

    private static Landscape young() {
        return Landscape.of(List.of(
                ModelReader.read("context: young\nevents: [OrderPlaced, OrderShipped, MoneyArrived]\n", "young.yaml")));
    }

    private static Landscape empty() {
        return Landscape.of(List.of(ModelReader.read(
                "context: empty\nstory: [{chapter: Nothing yet}, {chapter: Nor here}]\n", "empty.yaml")));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void no_two_boxes_overlap(Named picture) throws Exception {
        assertThat(overlaps(boxes(picture))).isEmpty();
    }

    private static List<String> overlaps(List<Box> boxes) {
        List<String> overlaps = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            Box one = boxes.get(i);
            overlaps.addAll(overlaps(one.inner));
            for (Box inner : one.inner) {
                if (!one.contains(inner.x, inner.y, inner.x + inner.width, inner.y + inner.height)) {
                    overlaps.add(inner + " leaves " + one);
                }
            }
            for (Box other : boxes.subList(i + 1, boxes.size())) {
                if (one.overlaps(other)) {
                    overlaps.add(one + " and " + other);
                }
            }
        }
        return overlaps;
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void every_text_is_within_its_box_and_every_box_within_the_picture(Named picture) throws Exception {
        Document document = parsed(picture);
        List<String> outside = new ArrayList<>();
        texts(document.getDocumentElement(), outside);
        String[] view = document.getDocumentElement().getAttribute("viewBox").split(" ");
        Box all = new Box("", "", 0, 0, Double.parseDouble(view[2]), Double.parseDouble(view[3]), List.of());
        for (Box box : boxes(picture)) {
            if (!all.contains(box.x, box.y, box.x + box.width, box.y + box.height)) {
                outside.add(box + " of " + Arrays.toString(view));
            }
        }
        assertThat(outside).isEmpty();
    }

    private static void texts(Element element, List<String> outside) {
        Box box = element.getAttribute("class").startsWith("card ") ? box(element) : null;
        double above = Double.NEGATIVE_INFINITY;
        for (Element child : children(element)) {
            if (box != null && child.getTagName().equals("text") && !child.hasAttribute("aria-hidden")) {
                String style = child.getAttribute("class").split(" ")[0];
                Face face = Arrays.stream(Face.values())
                        .filter(any -> any.css().equals(style))
                        .findFirst()
                        .orElseThrow();
                double x = number(child, "x");
                double y = number(child, "y");
                double right = x + Letters.width(child.getTextContent().stripTrailing(), face);
                boolean within = box.contains(x, y - face.size() * 0.9, right, y + face.size() * 0.25);
                if (!within || y - face.size() * 0.9 < above) {
                    outside.add("'" + child.getTextContent() + "' in " + box);
                }
                above = y + face.size() * 0.2;
            }
            texts(child, outside);
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void lines_run_around_boxes(Named picture) throws Exception {
        List<Box> boxes = boxes(picture);
        List<String> cuts = new ArrayList<>();
        Matcher wire = Pattern.compile("class=\"wire [^\"]*\" d=\"([^\"]*)\"").matcher(picture.svg);
        while (wire.find()) {
            String[] numbers = wire.group(1).substring(1).split("[LQ ]+");
            for (int i = 0; i + 3 < numbers.length; i += 2) {
                double x1 = Double.parseDouble(numbers[i]);
                double y1 = Double.parseDouble(numbers[i + 1]);
                double x2 = Double.parseDouble(numbers[i + 2]);
                double y2 = Double.parseDouble(numbers[i + 3]);
                boxes.stream()
                        .filter(box -> box.isCut(x1, y1, x2, y2))
                        .forEach(box -> cuts.add(wire.group(1) + " cuts " + box));
            }
        }
        assertThat(cuts).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void ids_are_unique_and_copies_lead_to_where_the_element_stands(Named picture) throws Exception {
        Set<String> ids = new HashSet<>();
        List<String> copies = new ArrayList<>();
        for (Element element : all(parsed(picture).getDocumentElement())) {
            if (element.hasAttribute("id")) {
                assertThat(ids.add(element.getAttribute("id")))
                        .as(element.getAttribute("id"))
                        .isTrue();
            }
            if (element.hasAttribute("href")) {
                copies.add(element.getAttribute("href").substring(1));
            }
        }
        assertThat(ids).containsAll(copies);
    }

    @Test
    void the_same_models_give_the_same_bytes() {
        assertThat(pictures().map(Named::svg).toList())
                .isEqualTo(pictures().map(Named::svg).toList());
        assertThat(ModelPage.html(Invented.slices(5))).isEqualTo(ModelPage.html(Invented.slices(5)));
    }

    @Test
    void contexts_with_very_many_slices_are_drawn_one_by_one() {
        assertThat(ModelPage.html(Invented.slices(400))).contains("data-sight=\"board all\"");
        assertThat(ModelPage.html(Invented.slices(401)))
                .doesNotContain("data-sight=\"board all\"")
                .contains("data-sight=\"board left\"");
    }

    @Test
    void every_element_and_slice_stands_in_both_pictures() throws Exception {
        Landscape ours = Invented.ours();
        List<Model> models = List.copyOf(ours.models().values());
        for (String svg : List.of(Storyboard.svg(ours, models), SpatialPicture.svg(ours, models))) {
            List<String> keys = all(parsed(new Named("", svg)).getDocumentElement()).stream()
                    .filter(element -> element.hasAttribute("tabindex"))
                    .map(element -> element.getAttribute("data-key"))
                    .toList();
            for (Model model : models) {
                assertThat(keys)
                        .containsAll(model.elements().stream().map(Gaps::key).toList());
            }
            assertThat(keys).doesNotHaveDuplicates();
        }
    }

    @Test
    void the_stories_of_contexts_are_told_in_the_order_in_which_they_cause_each_other() {
        List<String> told = StoryOrder.told(List.copyOf(Invented.ours().models().values())).stream()
                .map(part -> part.chapter().name())
                .toList();
        assertThat(told).containsSubsequence("Wishing", "Ordering", "Fulfilling");
        assertThat(told).containsSubsequence("Behaving", "Listing");
        assertThat(told).containsSubsequence("Delivering", "Fulfilling");
    }

    @Test
    void gaps_are_marked_with_their_sentence() throws Exception {
        Landscape ours = Invented.ours();
        Model wishes = ours.models().get("wishes");
        assertThat(wishes).isNotNull();
        String svg = Storyboard.svg(
                ours,
                List.of(wishes),
                Map.of("wishes/EVENT:WishApproved", "nobody reads 'wish'", "wishes/make-wish", "no rule"),
                true);
        assertThat(svg).contains("! nobody reads &#39;wish&#39;").contains("! no rule");
        List<Box> marked = boxes(new Named("", svg)).stream()
                .filter(box -> box.look.contains("marked"))
                .toList();
        assertThat(marked)
                .extracting(Box::called)
                .containsExactlyInAnyOrder("wishes/EVENT:WishApproved", "wishes/make-wish");
    }

    @Test
    void a_model_of_events_alone_is_a_line_of_events_in_their_order() throws Exception {
        List<Box> events =
                boxes(new Named(
                                "",
                                Storyboard.svg(
                                        young(), List.copyOf(young().models().values()))))
                        .stream()
                        .filter(box -> box.called.contains("EVENT"))
                        .toList();
        assertThat(events)
                .extracting(Box::called)
                .containsExactly("young/EVENT:OrderPlaced", "young/EVENT:OrderShipped", "young/EVENT:MoneyArrived");
        assertThat(events.get(0).x).isLessThan(events.get(1).x);
        assertThat(events.get(1).x).isLessThan(events.get(2).x);
        assertThat(events).extracting(Box::y).containsOnly(events.getFirst().y);
    }

    @Test
    void what_a_model_says_is_text_and_never_markup() throws Exception {
        Landscape hostile = Invented.hostile();
        String page = ModelPage.html(hostile);
        assertThat(page.split("<script")).hasSize(2);
        assertThat(page).doesNotContain("<img").doesNotContain("onload=\"");
        Named board = new Named(
                "", Storyboard.svg(hostile, List.copyOf(hostile.models().values())));
        assertThat(all(parsed(board).getDocumentElement()))
                .extracting(Element::getTagName)
                .doesNotContain("script", "img");
        assertThat(board.svg).contains("&lt;script&gt;");
    }

    @Test
    void long_text_ends_with_the_number_of_characters_left_out() {
        List<String> lines = Letters.wrap("one two three four five six seven eight nine ten", Face.SMALL, 60, 2);
        assertThat(lines).hasSize(2);
        assertThat(lines.getLast()).matches(".* … \\+\\d+");
        int left = Integer.parseInt(lines.getLast().substring(lines.getLast().indexOf('+') + 1));
        String kept =
                lines.getFirst() + lines.getLast().substring(0, lines.getLast().indexOf(" …"));
        assertThat(kept.length() + left).isBetween(47, 49);
        assertThat(lines)
                .allSatisfy(line -> assertThat(Letters.width(line.stripTrailing(), Face.SMALL))
                        .isLessThanOrEqualTo(60));
    }

    @Test
    void a_name_too_long_for_a_line_breaks_at_its_humps() {
        assertThat(Letters.wrap("ChildAddedToNaughtyList", Face.NAME, 140, 3))
                .containsExactly("ChildAddedTo", "NaughtyList");
    }

    // Parses the picture.

    private static Document parsed(Named picture) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(picture.svg)));
    }

    private static List<Box> boxes(Named picture) throws Exception {
        return inner(parsed(picture).getDocumentElement());
    }

    /** Returns the boxes in an element's content. Bands and lines are not boxes. */
    private static List<Box> inner(Element element) {
        List<Box> boxes = new ArrayList<>();
        for (Element child : children(element)) {
            if (child.getAttribute("class").startsWith("card ")) {
                boxes.add(box(child));
            } else {
                boxes.addAll(inner(child));
            }
        }
        return boxes;
    }

    private static Box box(Element card) {
        Element rect = children(card).stream()
                .filter(child -> child.getAttribute("class").equals("box"))
                .findFirst()
                .orElseThrow();
        return new Box(
                card.getAttribute("data-key"),
                card.getAttribute("class"),
                number(rect, "x"),
                number(rect, "y"),
                number(rect, "width"),
                number(rect, "height"),
                inner(card));
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    private static List<Element> all(Element element) {
        List<Element> all = new ArrayList<>(List.of(element));
        children(element).forEach(child -> all.addAll(all(child)));
        return all;
    }
}
