package dev.storyline.modeler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.storyline.model.Landscape;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.WheelInput;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Tests the page in a real browser: Chromium, started once. Without an installed browser, the tests are skipped with a
 * message. {@code PictureTest} checks the same layout by numbers and needs no browser.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class ModelPageBrowserTest {
    /** A strong reference, because the level of an unreferenced logger gets lost. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private @Nullable HttpServer server;
    private @Nullable ChromeDriver driver;

    @BeforeAll
    void start() throws IOException {
        Path browser = installed("STORYLINE_CHROMIUM", "chromium", "google-chrome", "chromium-browser");
        Path control = installed("STORYLINE_CHROMEDRIVER", "chromedriver");
        Assumptions.assumeTrue(
                browser != null && control != null,
                "Skipped: the page was not tested in a browser, because there is no Chromium with chromedriver here. "
                        + "Install the packages chromium and chromium-driver, or set STORYLINE_CHROMIUM and "
                        + "STORYLINE_CHROMEDRIVER to the two programs.");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/", ModelPage.html(Invented.ours()));
        serve("/few", ModelPage.html(Invented.ours("logistics", "naughtychildren", "wishes")));
        serve("/wishes", ModelPage.html(Invented.ours(), Set.of("wishes")));
        serve("/many", ModelPage.html(Invented.slices(60)));
        serve("/hostile", ModelPage.html(Invented.hostile()));
        serve("/none", ModelPage.html(new Landscape(Map.of())));
        server.start();
        // Selenium warns about browsers newer than itself. The features used here have not changed for years.
        SELENIUM.setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Objects.requireNonNull(browser).toFile());
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1440,900");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriver started = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(Objects.requireNonNull(control).toFile())
                        .build(),
                options);
        // Other modules run their tests in parallel, and axe needs much processor time.
        started.manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
        driver = started;
    }

    private static @Nullable Path installed(String variable, String... names) {
        String given = System.getenv(variable);
        if (given != null) {
            return Path.of(given);
        }
        return Stream.of(names)
                .flatMap(name -> Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "")
                                .split(":"))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private void serve(String path, String page) {
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        Objects.requireNonNull(server).createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Content-Security-Policy", ModelPage.policy());
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @AfterAll
    void stop() {
        if (driver != null) {
            driver.quit();
        }
        if (server != null) {
            server.stop(0);
        }
    }

    @BeforeEach
    void fewContexts() {
        browser().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        browser().manage().window().setSize(new Dimension(1440, 900));
        scheme("light");
        load("/few");
        find("button[data-kind='board']").click();
    }

    private ChromeDriver browser() {
        return Objects.requireNonNull(driver);
    }

    private void load(String path) {
        browser()
                .get("http://127.0.0.1:"
                        + Objects.requireNonNull(server).getAddress().getPort() + path);
    }

    private Object run(String script, Object... arguments) {
        return Objects.requireNonNull(browser().executeScript(script, arguments));
    }

    private double number(String script) {
        return ((Number) run("return " + script)).doubleValue();
    }

    private WebElement find(String css) {
        return browser().findElement(By.cssSelector(css));
    }

    /** Opens a picture and returns its element with this key. */
    private WebElement element(String sight, String key) {
        return find("[data-sight='" + sight + "'] [data-key='" + key + "']:not([data-again])");
    }

    /** Finds layout errors in the browser's actual rendering: texts outside their boxes, and overlapping boxes. */
    private static final String MISFITS = """
            const wrong = [];
            const sight = document.querySelector('.sight:not([hidden])');
            const boxes = new Map();
            for (const card of sight.querySelectorAll('.card')) {
              const box = card.querySelector(':scope > .box').getBBox();
              boxes.set(card, box);
              for (const text of card.querySelectorAll(':scope > text:not([aria-hidden])')) {
                const set = text.getBBox();
                if (set.x < box.x - .5 || set.x + set.width > box.x + box.width + .5 || set.y < box.y - 1
                    || set.y + set.height > box.y + box.height + 1) wrong.push('text ' + text.textContent);
              }
            }
            const cards = [...boxes.keys()];
            for (let i = 0; i < cards.length; i++) {
              const a = boxes.get(cards[i]);
              for (let j = i + 1; j < cards.length; j++) {
                const b = boxes.get(cards[j]);
                if (cards[i].parentNode === cards[j].parentNode && a.x < b.x + b.width && b.x < a.x + a.width
                    && a.y < b.y + b.height && b.y < a.y + a.height) {
                  wrong.push(cards[i].textContent + ' on ' + cards[j].textContent);
                }
              }
            }
            return wrong;
            """;

    @Test
    void text_stays_in_its_box_in_every_picture_and_font() {
        for (String path : List.of("/", "/many")) {
            load(path);
            for (String kind : List.of("board", "space")) {
                find("button[data-kind='" + kind + "']").click();
                // The narrowest and the widest fallback font for the first font of the list.
                for (String font : List.of("Liberation Sans", "DejaVu Sans")) {
                    run(
                            "document.querySelectorAll('svg.picture').forEach(svg => svg.style.fontFamily = arguments[0]);"
                                    + " return true",
                            font);
                    assertThat((List<?>) run(MISFITS))
                            .as(path + " " + kind + " in " + font)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void the_browser_has_nothing_to_complain_of() {
        browser().manage().logs().get(LogType.BROWSER);
        for (String path : List.of("/", "/many", "/hostile", "/none")) {
            load(path);
            for (WebElement button : browser().findElements(By.cssSelector("button[data-kind]"))) {
                button.click();
            }
        }
        assertThat(browser().manage().logs().get(LogType.BROWSER).getAll())
                .filteredOn(entry -> !entry.getMessage().contains("favicon"))
                .isEmpty();
    }

    @Test
    void what_a_model_says_does_nothing_in_the_page() {
        load("/hostile");
        element("board hostile", "hostile/EVENT:Recorded").click();
        assertThat(find("#details").getText()).contains("<script>window.broken = 1</script>");
        element("board hostile", "hostile/record").click();
        assertThat(find("#details").getText()).contains("]]><script>");
        assertThat(run("return window.broken === undefined")).isEqualTo(true);
    }

    @Test
    void the_page_opens_on_the_map_of_contexts_and_a_context_leads_to_its_story() {
        load("/");
        assertThat(find("[data-sight='map all']").isDisplayed()).isTrue();
        assertThat(find("[data-sight='board all']").isDisplayed()).isFalse();
        find("[data-sight='map all'] [data-key='context/wishes']").click();
        assertThat(find("[data-sight='board wishes']").isDisplayed()).isTrue();
        find("button[data-kind='map']").click();
        WebElement context = find("[data-sight='map all'] [data-key='context/logistics']");
        run("arguments[0].focus(); return true", context);
        context.sendKeys(Keys.ENTER);
        assertThat(find("[data-sight='board logistics']").isDisplayed()).isTrue();
        assertThat((List<?>) run(MISFITS)).isEmpty();
    }

    @Test
    void the_page_opens_on_the_context_that_runs() {
        load("/wishes");
        assertThat(find("[data-sight='board wishes']").isDisplayed()).isTrue();
        find("button[data-kind='map']").click();
        assertThat((List<?>) run(MISFITS)).isEmpty();
        assertThat(find("[data-sight='map all'] [data-key='context/orders']").getDomAttribute("class"))
                .contains("still");
    }

    @Test
    void scenarios_are_folded_until_somebody_asks_for_them() {
        find("button[data-context='wishes']").click();
        String height = "document.querySelector('.sight:not([hidden]) svg').getBoundingClientRect().height";
        double folded = number(height);
        find("#scenarios").click();
        assertThat(number(height)).isGreaterThan(folded * 1.3);
        find("#scenarios").click();
        assertThat(number(height)).isEqualTo(folded);
    }

    @Test
    void what_is_pointed_at_shows_where_its_threads_lead() {
        find("button[data-context='wishes']").click();
        String shown = "document.querySelectorAll('.sight:not([hidden]) .thread.shown').length";
        assertThat(number(shown)).isZero();
        new Actions(browser())
                .moveToElement(element("board wishes", "wishes/EVENT:WishApproved"))
                .perform();
        assertThat(number(shown)).isPositive();
        element("board wishes", "wishes/EVENT:WishApproved").click();
        new Actions(browser()).moveToElement(find("h1")).perform();
        assertThat(number(shown)).isPositive();
    }

    @Test
    void search_finds_by_part_of_a_name_and_jumps_there() {
        WebElement query = find("#query");
        query.sendKeys("naughtyl");
        assertThat(find("#found").getDomProperty("textContent")).isEqualTo("2 results");
        assertThat(find("#results").getText()).contains("NaughtyList").contains("ChildAddedToNaughtyList");
        query.clear();
        query.sendKeys("ChildWishes", Keys.ENTER);
        assertThat(focused()).isEqualTo("wishes/VIEW:ChildWishes");
        assertThat(isInSight("document.activeElement")).isTrue();
        assertThat(find("#results").isDisplayed()).isFalse();
    }

    @Test
    void search_leads_to_a_picture_that_shows_what_was_found() {
        find("button[data-context='logistics']").click();
        find("#query").sendKeys("MakeWish", Keys.ENTER);
        assertThat(focused()).isEqualTo("wishes/COMMAND:MakeWish");
        assertThat(find("button[data-context='all']").getDomAttribute("aria-pressed"))
                .isEqualTo("true");
    }

    private String focused() {
        return Objects.requireNonNullElse(browser().switchTo().activeElement().getDomAttribute("data-key"), "");
    }

    private boolean isInSight(String element) {
        return (boolean) run("const a = " + element + ".getBoundingClientRect(),"
                + " b = document.getElementById('stage').getBoundingClientRect();"
                + " return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom");
    }

    @Test
    void a_click_opens_everything_about_an_element() {
        find("button[data-context='wishes']").click();
        element("board wishes", "wishes/COMMAND:MakeWish").click();
        String details = find("#details").getText();
        assertThat(details)
                .contains("MakeWish", "command of wishes", "wishId", "WishId", "generated: the key of the request")
                .contains("input of child", "functions/wishes/make-wish", "a good wish of a good child is approved");
        element("board wishes", "wishes/PUBLIC_EVENT:WishApproved").click();
        assertThat(find("#details").getText())
                .contains("src/contexts/wishes/contracts/public-events/WishApproved.v1.json", "Example", "a sled");
    }

    @Test
    void the_keyboard_opens_it_and_escape_leads_back() {
        WebElement slice = element("board all", "wishes/make-wish");
        run("arguments[0].focus(); return true", slice);
        slice.sendKeys(Keys.ENTER);
        assertThat(find("#panel").isDisplayed()).isTrue();
        assertThat(find("#details").getText()).contains("too-many-wishes", "functions/wishes/make-wish");
        assertThat(browser().switchTo().activeElement()).isEqualTo(find("#panel"));
        browser().switchTo().activeElement().sendKeys(Keys.ESCAPE);
        assertThat(find("#panel").isDisplayed()).isFalse();
        assertThat(focused()).isEqualTo("wishes/make-wish");
    }

    @Test
    void tab_reaches_every_element_in_story_order() {
        find("button[data-context='logistics']").click();
        List<String> expected =
                browser().findElements(By.cssSelector("[data-sight='board logistics'] [data-key]")).stream()
                        .map(element -> Objects.requireNonNull(element.getDomAttribute("data-key")))
                        .toList();
        run("document.getElementById('stage').focus(); return true");
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            browser().switchTo().activeElement().sendKeys(Keys.TAB);
            reached.add(focused());
            assertThat(isInSight("document.activeElement"))
                    .as(reached.getLast())
                    .isTrue();
        }
        assertThat(reached).isEqualTo(expected);
        assertThat(reached).contains("logistics/EVENT:PresentRecalled", "logistics/recall-present");
        assertThat(reached.getFirst()).isEqualTo("logistics/order-present");
    }

    @Test
    void buttons_keys_and_wheel_zoom() {
        double before = number("document.querySelector('.sight:not([hidden]) svg').getBoundingClientRect().width");
        find("#zoom-in").click();
        assertThat(number("document.querySelector('.sight:not([hidden]) svg').getBoundingClientRect().width"))
                .isGreaterThan(before * 1.2);
        find("#stage").sendKeys("-");
        assertThat(find("#scale").getText()).isEqualTo("100 %");
        new Actions(browser())
                .scrollFromOrigin(WheelInput.ScrollOrigin.fromElement(find("#stage")), 0, 300)
                .perform();
        assertThat(find("#scale").getText()).isNotEqualTo("100 %");
        find("#fit").click();
        assertThat(number("document.querySelector('.sight:not([hidden]) svg').getBoundingClientRect().width"))
                .isLessThanOrEqualTo(1440);
    }

    @Test
    void dragging_and_arrow_keys_move_the_picture() {
        new Actions(browser())
                .moveToElement(find("#stage"), 200, 300)
                .clickAndHold()
                .moveByOffset(-300, -50)
                .release()
                .perform();
        double left = number("document.getElementById('stage').scrollLeft");
        assertThat(left).isEqualTo(300);
        find("#stage").sendKeys(Keys.ARROW_RIGHT);
        assertThat(number("document.getElementById('stage').scrollLeft")).isGreaterThan(left);
    }

    @Test
    void a_copy_leads_to_where_the_element_stands() {
        WebElement copy = find("[data-sight='board all'] [data-again][data-key='wishes/EVENT:WishRejected']");
        run("arguments[0].focus(); return true", copy);
        copy.sendKeys(Keys.ENTER);
        assertThat(focused()).isEqualTo("wishes/EVENT:WishRejected");
        assertThat(isInSight("document.activeElement")).isTrue();
    }

    @Test
    void a_narrow_screen_scrolls_only_the_picture() {
        browser()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 360, "height", 640, "deviceScaleFactor", 1, "mobile", false));
        for (String kind : List.of("board", "space", "list")) {
            find("button[data-kind='" + kind + "']").click();
            assertThat(number("document.documentElement.scrollWidth")).as(kind).isLessThanOrEqualTo(360);
            assertThat(number("document.getElementById('stage').clientHeight"))
                    .as(kind)
                    .isGreaterThan(300);
        }
        find("[data-sight='list all'] .entry").click();
        assertThat(number("document.getElementById('panel').getBoundingClientRect().width"))
                .isEqualTo(360);
        assertThat(number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(360);
    }

    @Test
    void dark_and_light_follow_the_system_and_the_button() {
        String paper = "return getComputedStyle(document.querySelector('.sight:not([hidden]) .paper')).fill"
                + " + getComputedStyle(document.body).backgroundColor";
        scheme("light");
        Object light = run(paper);
        scheme("dark");
        Object dark = run(paper);
        assertThat(dark).isNotEqualTo(light);
        find("#theme").click();
        assertThat(run(paper)).isEqualTo(light);
        scheme("light");
        find("#theme").click();
        assertThat(run(paper)).isEqualTo(dark);
    }

    private void scheme(String scheme) {
        browser()
                .executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    @Test
    void nothing_keeps_people_from_using_it() throws IOException {
        for (String scheme : List.of("light", "dark")) {
            scheme(scheme);
            for (String kind : List.of("board", "space", "list")) {
                load("/few");
                find("button[data-context='logistics']").click();
                find("button[data-kind='" + kind + "']").click();
                run("document.querySelector('.sight:not([hidden]) [data-key]').dispatchEvent("
                        + "new MouseEvent('click', {bubbles: true})); return true");
                assertThat(violations()).as(scheme + " " + kind).isEmpty();
            }
        }
    }

    private List<?> violations() throws IOException {
        try (InputStream axe = Objects.requireNonNull(getClass().getResourceAsStream("/axe.min.js"))) {
            browser().executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<?>) Objects.requireNonNull(browser().executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations.map(violation =>
                  violation.id + ': ' + violation.help + ' ' + violation.nodes.slice(0, 3).map(node => node.html).join(' '))));
                """));
    }

    /**
     * Checks a case that axe does not: the contrast of text in the pictures with the painted background, by the formula
     * of WCAG 2.2.
     */
    private static final String PALE = """
            const light = colour => {
              const [r, g, b] = colour.map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
              return .2126 * r + .7152 * g + .0722 * b;
            };
            const parts = text => text.match(/[\\d.]+/g).map(Number);
            const over = (top, alpha, below) => top.map((c, i) => c * alpha + below[i] * (1 - alpha));
            const paper = parts(getComputedStyle(document.querySelector('.paper')).fill);
            const wrong = new Set();
            for (const text of document.querySelectorAll('.sight:not([hidden]) svg text:not(.badge-text)')) {
              let below = paper;
              const chain = [];
              for (let card = text.parentNode.closest('.card'); card; card = card.parentNode.closest('.card')) chain.unshift(card);
              for (const card of chain) {
                const style = getComputedStyle(card.querySelector(':scope > .box'));
                if (style.fill !== 'none') below = over(parts(style.fill).slice(0, 3), Number(style.fillOpacity), below);
              }
              const style = getComputedStyle(text);
              const ink = over(parts(style.fill).slice(0, 3), Number(style.opacity), below);
              const [a, b] = [light(ink), light(below)];
              const contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
              if (contrast < 4.5) wrong.add(text.textContent + ' ' + contrast.toFixed(2));
            }
            return [...wrong];
            """;

    @Test
    void every_word_of_a_picture_stands_out_from_its_ground() {
        for (String scheme : List.of("light", "dark")) {
            scheme(scheme);
            for (String kind : List.of("board", "space")) {
                find("button[data-kind='" + kind + "']").click();
                assertThat((List<?>) run(PALE)).as(scheme + " " + kind).isEmpty();
            }
        }
    }

    @Test
    void every_control_has_a_name_and_no_letters_are_tiny() {
        load("/");
        List<?> wrong = (List<?>) run("""
                const wrong = [];
                for (const control of document.querySelectorAll('button, input, [role=button], a')) {
                  const name = control.getAttribute('aria-label') || control.textContent.trim()
                    || control.labels?.[0]?.textContent.trim();
                  if (!name) wrong.push(control.outerHTML);
                }
                for (const text of document.querySelectorAll('svg text')) {
                  if (parseFloat(getComputedStyle(text).fontSize) < 11) wrong.push(text.textContent);
                }
                return wrong;
                """);
        assertThat(wrong).isEmpty();
    }

    @Test
    void without_a_model_the_page_says_what_to_do() {
        load("/none");
        assertThat(find("#stage").getText()).contains("src/contexts/<context>/model.yaml");
    }
}
