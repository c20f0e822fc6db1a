package dev.storyline.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.contracts.Breach.BreachKind;
import dev.storyline.kernel.Id;
import dev.storyline.model.Element.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants every kind of change in a released contract of each kind, and checks whether the comparison reports or accepts
 * it.
 */
class CompatibilityTest {
    @TempDir
    java.nio.file.Path root;

    enum Size {
        SMALL,
        LARGE
    }

    enum OneSize {
        SMALL
    }

    enum MoreSizes {
        SMALL,
        LARGE,
        HUGE
    }

    record Name(String value) implements Id {}

    record Line(String crew, int hours) {}

    record Was(
            String text,
            int amount,
            Size size,
            Name name,
            @Nullable String note,
            List<Line> lines) {}

    record Removed(
            int amount, Size size, Name name, @Nullable String note, List<Line> lines) {}

    record Retyped(
            String text,
            String amount,
            Size size,
            Name name,
            @Nullable String note,
            List<Line> lines) {}

    record NewAndRequired(
            String text,
            int amount,
            Size size,
            Name name,
            @Nullable String note,
            List<Line> lines,
            long more) {}

    record NewAndOptional(
            String text,
            int amount,
            Size size,
            Name name,
            @Nullable String note,
            List<Line> lines,
            @Nullable Long more) {}

    record RequiredNow(String text, int amount, Size size, Name name, String note, List<Line> lines) {}

    record OptionalNow(
            @Nullable String text,
            int amount,
            Size size,
            Name name,
            @Nullable String note,
            List<Line> lines) {}

    record FewerWords(
            String text,
            int amount,
            OneSize size,
            Name name,
            @Nullable String note,
            List<Line> lines) {}

    record MoreWords(
            String text,
            int amount,
            MoreSizes size,
            Name name,
            @Nullable String note,
            List<Line> lines) {}

    record AnyWord(
            String text,
            int amount,
            String size,
            Name name,
            @Nullable String note,
            List<Line> lines) {}

    record Limited(
            Name text,
            int amount,
            Size size,
            Name name,
            @Nullable String note,
            List<Line> lines) {}

    record Unlimited(
            String text,
            int amount,
            Size size,
            String name,
            @Nullable String note,
            List<Line> lines) {}

    record NoHours(String crew) {}

    record RemovedWithin(
            String text,
            int amount,
            Size size,
            Name name,
            @Nullable String note,
            List<NoHours> lines) {}

    record Spelled(String crew, String hours) {}

    record RetypedWithin(
            String text,
            int amount,
            Size size,
            Name name,
            @Nullable String note,
            List<Spelled> lines) {}

    record NoList(
            String text,
            int amount,
            Size size,
            Name name,
            @Nullable String note,
            Line lines) {}

    private record Plant(
            Class<?> is, String field, @Nullable BreachKind rule, Set<Kind> breaks) {}

    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);
    private static final Set<Kind> READ_LATER = EnumSet.of(Kind.EVENT, Kind.PUBLIC_EVENT, Kind.COMMAND);
    private static final Set<Kind> ON_RECORD = EnumSet.of(Kind.EVENT, Kind.PUBLIC_EVENT);
    private static final Set<Kind> READ_BY_OTHERS = EnumSet.of(Kind.EVENT, Kind.PUBLIC_EVENT, Kind.VIEW);

    private static final List<Plant> PLANTS = List.of(
            new Plant(Was.class, "", null, Set.of()),
            new Plant(NewAndOptional.class, "", null, Set.of()),
            new Plant(Removed.class, "text", BreachKind.REMOVED, ALL),
            new Plant(RemovedWithin.class, "lines[].hours", BreachKind.REMOVED, ALL),
            new Plant(Retyped.class, "amount", BreachKind.RETYPED, ALL),
            new Plant(RetypedWithin.class, "lines[].hours", BreachKind.RETYPED, ALL),
            new Plant(NoList.class, "lines", BreachKind.RETYPED, ALL),
            new Plant(NewAndRequired.class, "more", BreachKind.NEW_AND_REQUIRED, READ_LATER),
            new Plant(RequiredNow.class, "note", BreachKind.REQUIRED_NOW, READ_LATER),
            new Plant(FewerWords.class, "size", BreachKind.NARROWED, READ_LATER),
            new Plant(Limited.class, "text", BreachKind.NARROWED, READ_LATER),
            new Plant(OptionalNow.class, "text", BreachKind.OPTIONAL_NOW, READ_BY_OTHERS),
            new Plant(MoreWords.class, "size", BreachKind.WIDENED, ON_RECORD),
            new Plant(AnyWord.class, "size", BreachKind.WIDENED, ON_RECORD),
            new Plant(Unlimited.class, "name", BreachKind.WIDENED, ON_RECORD));

    @TestFactory
    Stream<DynamicTest> a_planted_change_of_each_kind() {
        return PLANTS.stream()
                .flatMap(plant -> Stream.of(Kind.values())
                        .map(kind -> DynamicTest.dynamicTest(
                                kind.word() + ", " + plant.is().getSimpleName(), () -> plant(kind, plant))));
    }

    private void plant(Kind kind, Plant plant) {
        Shop shop = new Shop(root.resolve(plant.is().getSimpleName() + kind));
        assertThat(shop.root().toFile().mkdirs()).isTrue();
        shop.release(Shop.promise(kind, "OrderPaid", 1, Was.class));
        Contracts changed = shop.compare(Shop.RELEASED, Shop.promise(kind, "OrderPaid", 1, plant.is()));
        if (plant.breaks().contains(kind) && plant.rule() != null) {
            assertThat(Shop.sentences(changed))
                    .singleElement()
                    .asString()
                    .startsWith("src/contexts/shop/contracts/" + kind.section() + "/OrderPaid.v1.json: ")
                    .contains("the field '" + plant.field() + "' " + happened(plant.rule()) + ": it was ")
                    .contains(wayOut(kind));
            assertThat(changed.write()).isEmpty();
        } else {
            assertThat(Shop.sentences(changed)).isEmpty();
            assertThat(changed.write()).hasSize(plant.is() == Was.class ? 0 : 1);
            assertThat(shop.compare(Shop.RELEASED, Shop.promise(kind, "OrderPaid", 1, plant.is()))
                            .findings())
                    .isEmpty();
        }
    }

    private static String happened(BreachKind rule) {
        return switch (rule) {
            case REMOVED -> "was removed";
            case RETYPED -> "has another type";
            case NEW_AND_REQUIRED -> "is new and required";
            case REQUIRED_NOW -> "was optional and is required now";
            case OPTIONAL_NOW -> "was required and may be missing now";
            case NARROWED -> "takes fewer values";
            case WIDENED -> "takes more values";
        };
    }

    private static String wayOut(Kind kind) {
        return switch (kind) {
            case EVENT ->
                "@EventType(value = \"OrderPaid\", version = 2) on the record, an Upcaster from version 1 in the Language";
            case PUBLIC_EVENT -> "a second record with @EventType(value = \"OrderPaid\", version = 2)";
            case COMMAND -> "write a new command with a route of its own";
            case VIEW -> "write a new view with a route of its own";
        };
    }
}
