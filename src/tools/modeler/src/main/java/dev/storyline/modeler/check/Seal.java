package dev.storyline.modeler.check;

import dev.storyline.model.BusinessRule;
import dev.storyline.model.Element;
import dev.storyline.model.Field;
import dev.storyline.model.Model;
import dev.storyline.model.ModelDeadline;
import dev.storyline.model.Ref;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.Slice;
import dev.storyline.model.Specification;
import dev.storyline.model.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A content hash of an element or a slice, by which a review detects changes: the first eight hex digits of a SHA-256 over
 * the content and the types of its fields, without locations and comments.
 */
public final class Seal {
    private static final int DIGITS = 8;

    private final Model model;
    private final StringBuilder text = new StringBuilder();
    private final Set<String> types = new HashSet<>();

    private Seal(Model model) {
        this.model = model;
    }

    /** Returns the seals of all elements of a step, by kind and name: {@code event WishApproved}. */
    public static Map<String, String> of(Model model, ModelingStep step) {
        Map<String, String> seals = new LinkedHashMap<>();
        for (Element element : model.elements()) {
            if (step.kinds().contains(element.kind())) {
                seals.put(element.kind().word() + " " + element.name(), of(model, element));
            }
        }
        if (step.slices()) {
            model.slices().forEach(slice -> seals.put("slice " + slice.name(), of(model, slice)));
        }
        return seals;
    }

    static String of(Model model, Element element) {
        Seal seal = new Seal(model);
        seal.say(element.kind().word(), element.name(), element.about(), element.stream(), element.owner());
        seal.say(String.valueOf(element.version()), String.valueOf(element.essential()));
        // Said only where it is so: the seals of other events stay as they are.
        Integer days = element.kind() == Element.Kind.EVENT ? model.ends().get(element.name()) : null;
        if (days != null) {
            seal.say("ends", days.toString());
        }
        seal.fields(element.fields());
        seal.value(element.waived());
        return seal.digits();
    }

    static String of(Model model, Slice slice) {
        Seal seal = new Seal(model);
        seal.say(slice.name(), slice.pattern() == null ? "" : slice.pattern().word(), slice.about());
        seal.say(slice.actor(), slice.screen(), slice.processor());
        seal.say(slice.command() == null ? "" : slice.command().toString());
        if (slice.gatekeeper() != null) {
            seal.say("gatekeeper", slice.gatekeeper().about());
            seal.refs(slice.gatekeeper().reads());
            seal.rules(slice.gatekeeper().rules());
        }
        seal.rules(slice.rules());
        for (List<Ref> refs : List.of(
                slice.folds(),
                slice.on(),
                slice.events(),
                slice.publishes(),
                slice.dispatches(),
                slice.calls(),
                slice.views())) {
            seal.refs(refs);
        }
        // Only where it is told, so that what was signed before the key was known stays signed.
        if (!slice.exists().isEmpty()) {
            seal.say("exists");
            seal.refs(slice.exists());
        }
        for (ModelDeadline deadline : slice.deadlines()) {
            seal.say("deadline", deadline.command().toString());
            seal.refs(deadline.at());
        }
        slice.specifications().forEach(seal::specification);
        seal.value(slice.waived());
        return seal.digits();
    }

    /** Writes the length before every text, so that different contents never give the same bytes. */
    private void say(String... words) {
        for (String word : words) {
            text.append(word.length()).append(':').append(word);
        }
    }

    private void refs(List<Ref> refs) {
        say(String.valueOf(refs.size()));
        refs.forEach(ref -> say(ref.toString()));
    }

    private void rules(List<BusinessRule> rules) {
        say(String.valueOf(rules.size()));
        for (BusinessRule rule : rules) {
            say(rule.name(), rule.says());
            refs(rule.reads());
        }
    }

    private void fields(List<Field> fields) {
        say(String.valueOf(fields.size()));
        for (Field field : fields) {
            say(field.name(), field.written(), String.valueOf(field.identity()), field.example(), field.generated());
            // Only where it is told, so that what was signed before the key was known stays signed.
            if (field.balanced()) {
                say("balanced");
            }
            say(field.about());
            refs(field.computed());
            refs(field.from());
            value(field.waived());
            Type type = model.types().get(field.type());
            if (type != null && types.add(type.name())) {
                say(type.base(), type.example(), type.about());
                value(type.values());
                fields(type.fields());
            }
        }
    }

    private void specification(Specification specification) {
        say(specification.name());
        for (List<ScenarioStep> clauses : List.of(specification.given(), specification.when(), specification.then())) {
            say(String.valueOf(clauses.size()));
            for (ScenarioStep clause : clauses) {
                say(clause.what().name(), clause.subject().toString(), String.valueOf(clause.times()));
                say(clause.at(), clause.by(), clause.stream());
                value(clause.values());
            }
        }
    }

    private void value(Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                say("map", String.valueOf(map.size()));
                map.forEach((key, each) -> {
                    value(key);
                    value(each);
                });
            }
            case List<?> list -> {
                say("list", String.valueOf(list.size()));
                list.forEach(this::value);
            }
            default -> say(String.valueOf(value));
        }
    }

    private String digits() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
