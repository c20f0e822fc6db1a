package dev.storyline.kernel;

import java.util.Arrays;
import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The currencies that a country uses today, as the JDK knows them. Gatekeepers ask once, when an amount comes in; what
 * is recorded stays valid although its currency is withdrawn later.
 */
public final class Currencies {
    /** Without metals, funds, test codes and withdrawn currencies, which are the currency of no country. */
    private static final Set<String> IN_USE = Arrays.stream(Locale.getISOCountries())
            .map(country -> Currency.getInstance(Locale.of("", country)))
            .filter(Objects::nonNull)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private Currencies() {}

    /** Whether a country uses the currency with this ISO 4217 code, in upper case. */
    public static boolean isInUse(String code) {
        return IN_USE.contains(code);
    }
}
