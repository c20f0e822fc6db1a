package dev.storyline.model.draw;
import dev.storyline.model.*;
import java.util.*;
public final class SpatialPicture { static String svg(Landscape l, List<Model> m, Map<String,String> g){return "";} }
