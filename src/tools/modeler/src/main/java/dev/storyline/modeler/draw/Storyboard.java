package dev.storyline.modeler.draw;

import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import java.util.List;
import java.util.Map;

/**
 * The storyboard of event modeling, in the layout of Adam Dymitruk: time from left to right, one column for each slice;
 * screens and processors on top, commands and views in one row, events in lanes beneath, specifications below.
 */
public final class Storyboard {
    private Storyboard() {}

    /**
     * Draws models.
     *
     * @param landscape all models, so that public events of other contexts are known
     * @param drawn the models to draw, on one board
     * @return an SVG file with its own style sheet, light and dark; the same models give the same text
     */
    public static String svg(Landscape landscape, List<Model> drawn) {
        return svg(landscape, drawn, Gaps.of(landscape), true);
    }

    /**
     * Draws models with gaps marked in red.
     *
     * @param gaps sentences by {@link Gaps#key element or slice}
     * @param scenarios whether the scenarios stand below
     */
    public static String svg(Landscape landscape, List<Model> drawn, Map<String, String> gaps, boolean scenarios) {
        return new BoardLayout(new Board(landscape, drawn, gaps, scenarios)).draw(name(drawn), true);
    }

    static String draw(
            Landscape landscape, List<Model> drawn, Map<String, String> gaps, String picture, boolean alone) {
        return new BoardLayout(new Board(landscape, drawn, gaps, true)).draw(picture, alone);
    }

    static String name(List<Model> drawn) {
        return drawn.size() == 1 ? drawn.getFirst().context() : "all";
    }
}
