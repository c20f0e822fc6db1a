package dev.storyline.modeler.draw;

import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import java.util.List;
import java.util.Map;

/**
 * The spatial model of Scalable Modeling (Simo Roikonen): the location of state and policies,
 * synchronous calls and asynchronous deliveries, and consistency boundaries.
 */
public final class SpatialPicture {
    private SpatialPicture() {}

    /**
     * Draws models.
     *
     * @param landscape all models, so that public events of other contexts are known
     * @param drawn the models to draw, one below the other
     * @return an SVG file with its own style sheet, light and dark; the same models give the same text
     */
    public static String svg(Landscape landscape, List<Model> drawn) {
        return svg(landscape, drawn, Gaps.of(landscape));
    }

    /**
     * Draws models with gaps marked in red.
     *
     * @param gaps sentences by {@link Gaps#key element or slice}
     */
    public static String svg(Landscape landscape, List<Model> drawn, Map<String, String> gaps) {
        return draw(landscape, drawn, gaps, Storyboard.name(drawn) + "-spatial", true);
    }

    static String draw(
            Landscape landscape, List<Model> drawn, Map<String, String> gaps, String picture, boolean alone) {
        return new Space(landscape, drawn, gaps).draw(picture, alone);
    }
}
