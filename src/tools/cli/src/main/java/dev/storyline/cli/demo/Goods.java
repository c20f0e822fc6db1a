package dev.storyline.cli.demo;

import java.util.List;

/**
 * A product of the shop. The shop has the same products in every run.
 *
 * @param id its id in all contexts
 * @param language of its name and description: en, de or fi
 * @param price the price at first, in euros, without tax
 * @param newPrice the price from the third day on, if it changes then; empty if it stays
 * @param taxRate the sales tax as a fraction
 */
record Goods(
        String id,
        String name,
        String description,
        String category,
        String language,
        String price,
        String newPrice,
        String taxRate) {
    static final String CURRENCY = "EUR";

    /** Of this one, orders want more than there ever is. */
    static final Goods SCARCE = new Goods(
            "moon-globe",
            "Moon globe",
            "A globe of the Moon, made by hand, five pieces in all.",
            "decoration",
            "en",
            "189.00",
            "",
            "0.255");

    /** How many pieces of the scarce product there ever are. */
    static final int SCARCE_PIECES = 5;

    /** What orders want of it at least. */
    static final int SCARCE_WANTED = 40;

    /** What the shop has plenty of. */
    static final List<Goods> PLENTY = List.of(
            new Goods(
                    "oak-chair",
                    "Oak chair",
                    "A sturdy chair of solid oak for the dining table.",
                    "furniture",
                    "en",
                    "129.00",
                    "",
                    "0.255"),
            new Goods(
                    "birch-table",
                    "Birch table",
                    "A round table for four, birch with a clear varnish.",
                    "furniture",
                    "en",
                    "349.50",
                    "329.00",
                    "0.255"),
            new Goods(
                    "desk-lamp",
                    "Desk lamp",
                    "A reading lamp with a long arm and warm light.",
                    "lighting",
                    "en",
                    "59.90",
                    "",
                    "0.255"),
            new Goods(
                    "wool-blanket",
                    "Wool blanket",
                    "A warm blanket, knitted from soft lambs' wool.",
                    "textiles",
                    "en",
                    "84.25",
                    "",
                    "0.255"),
            new Goods(
                    "story-book",
                    "Winter stories",
                    "Twelve stories for long evenings, with drawings.",
                    "books",
                    "en",
                    "18.49",
                    "",
                    "0.135"),
            new Goods(
                    "toy-train",
                    "Wooden train",
                    "A train with four waggons for children from three years.",
                    "toys",
                    "en",
                    "34.95",
                    "39.95",
                    "0.255"),
            new Goods(
                    "gartenbank",
                    "Gartenbank",
                    "Eine Bank aus Eichenholz für zwei Personen, wetterfest.",
                    "furniture",
                    "de",
                    "219.00",
                    "",
                    "0.255"),
            new Goods(
                    "stehlampe",
                    "Stehlampe",
                    "Eine hohe Lampe mit dimmbarem Licht für das Wohnzimmer.",
                    "lighting",
                    "de",
                    "99.00",
                    "",
                    "0.255"),
            new Goods(
                    "kochbuch",
                    "Kochbuch der Alpen",
                    "Achtzig Rezepte aus den Bergen, einfach erklärt.",
                    "books",
                    "de",
                    "27.33",
                    "",
                    "0.135"),
            new Goods(
                    "kaffeemuehle",
                    "Kaffeemühle",
                    "Eine Mühle mit Kurbel, die Kaffeebohnen fein mahlt.",
                    "kitchen",
                    "de",
                    "46.70",
                    "44.20",
                    "0.255"),
            new Goods(
                    "keinutuoli",
                    "Keinutuoli",
                    "Perinteinen keinutuoli koivusta takan ääreen.",
                    "furniture",
                    "fi",
                    "275.00",
                    "",
                    "0.255"),
            new Goods(
                    "saunakauha",
                    "Saunakauha",
                    "Kauha kuparista ja lepästä, pitkä varsi.",
                    "sauna",
                    "fi",
                    "22.90",
                    "",
                    "0.255"),
            new Goods(
                    "villasukat",
                    "Villasukat",
                    "Lämpimät sukat, käsin neulottu lampaanvillasta.",
                    "textiles",
                    "fi",
                    "19.99",
                    "",
                    "0.255"),
            new Goods(
                    "leipavuoka",
                    "Leipävuoka",
                    "Valurautainen vuoka leivän paistamiseen kotona.",
                    "kitchen",
                    "fi",
                    "41.05",
                    "",
                    "0.255"));

    /** Under which name the price of the day is kept for all chains. */
    String priceName() {
        return Step.SHARED + "price." + id;
    }
}
