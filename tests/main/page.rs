//! The page of answers in a real browser: wide and on a telephone, with keys alone, with the network off.

use serde_json::{Value, json};

use super::browser::Browser;
use super::bundle::{complete, data_of, published};
use super::command::{demo, folder, read, xuequ};

const TAB: u32 = 9;
const ENTER: u32 = 13;
const DOWN: u32 = 40;
const SCREENS: [[u32; 2]; 2] = [[1280, 900], [390, 844]];

/// The names of what is found for a search.
fn found(browser: &mut Browser, asked: &str) -> Vec<String> {
    browser.run("query.focus(); query.value = ''; query.dispatchEvent(new Event('input'))");
    browser.write(asked);
    let names = browser.run("[...document.querySelectorAll('#results button')].map((button) => button.textContent)");
    names.as_array().expect("names").iter().map(|name| name.as_str().expect("text").to_owned()).collect()
}

fn text_of(browser: &mut Browser, selector: &str) -> String {
    let text = browser.run(&format!("document.querySelector('{selector}').innerText"));
    text.as_str().unwrap_or_else(|| panic!("{selector} has text")).to_owned()
}

/// What axe-core finds that is serious, where `XUEQU_AXE` names its file.
fn barriers_for_people(browser: &mut Browser) -> Value {
    let Some(file) = std::env::var_os("XUEQU_AXE") else {
        let required = std::env::var("XUEQU_REQUIRE_SHARED").is_ok_and(|value| value == "1");
        assert!(!required, "XUEQU_AXE does not name axe-core");
        return json!([]);
    };
    browser.run(&std::fs::read_to_string(file).expect("axe-core"));
    let found = "axe.run().then((found) => found.violations.filter((fault) => ['serious', 'critical'].includes(fault.impact))\
        .map((fault) => [fault.id, fault.help, fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 200))]))";
    browser.run(found)
}

/// Where the focus goes by the tabulator, until it leaves the page.
fn tab_order(browser: &mut Browser) -> Vec<String> {
    browser.run("document.activeElement.blur()");
    let mut order: Vec<String> = Vec::new();
    for _ in 0..60 {
        browser.press("Tab", TAB);
        let at = browser.run(
            "(() => { const at = document.activeElement; if (at === document.body) return ''; const box = at.getBoundingClientRect(); \
             if (at.className !== 'skip' && box.width * box.height === 0) return 'unseen ' + at.outerHTML; \
             return at.id || at.className || at.name || at.dataset.zoom || at.tagName; })()",
        );
        let at = at.as_str().expect("text").to_owned();
        if at.is_empty() {
            break;
        }
        order.push(at);
    }
    order
}

#[test]
fn a_family_finds_its_school_with_keys_alone_and_offline() {
    let Some(mut browser) = Browser::start() else { return };
    let home = complete();
    published(home.path(), "public", &["--public"]).ends(0);
    let file = home.path().join("public/index.html").canonicalize().expect("the page");
    let data = data_of(&read(home.path(), "public/index.html"));
    for screen in SCREENS {
        browser.open(&file, screen);
        the_page_answers(&mut browser, &data, screen);
        assert_eq!(browser.faults, Vec::<String>::new());
    }
}

fn the_page_answers(browser: &mut Browser, data: &Value, [wide, _]: [u32; 2]) {
    assert_eq!(
        browser.run("document.documentElement.scrollWidth <= window.innerWidth"),
        true,
        "{wide}: no sideways scroll"
    );
    browser.picture(&format!("page-{wide}"));
    // By the tabulator: all controls in the order they stand in, each of them seen.
    let order = tab_order(browser);
    let expected = ["skip", "language", "query", "scheme", "0.6", "1.6", "0", "frame", "SUMMARY"];
    assert_eq!(order, expected, "{wide}");
    // Two compounds of one name: both are shown, and neither is taken by itself.
    let names = found(browser, "阳光花园");
    assert_eq!(names.len(), 2, "{names:?}");
    assert_eq!(browser.run("card.hidden"), true, "a choice is the reader's");
    assert_eq!(found(browser, "yghy").len(), 2, "first letters as spoken");
    assert!(found(browser, "老机械厂")[0].starts_with("小区60"), "another name of it");
    assert!(found(browser, "纬八路")[0].starts_with("小区60"), "its road");
    assert!(found(browser, "不存在的地方").is_empty());
    assert!(text_of(browser, "#count").contains("没有找到"));
    // 62 compounds of that name, all of them to be had.
    assert_eq!(found(browser, "小区").len(), 31);
    browser.run("document.querySelector('#results .more').click()");
    assert_eq!(browser.run("document.querySelectorAll('#results button').length"), 61);
    // A compound that changes, by the arrow and enter keys.
    let is_moved = |block: &&Value| !block["s"][0][2].is_null() && block["s"][0][0] != block["s"][0][2];
    let moved: Vec<&Value> = data["blocks"].as_array().expect("blocks").iter().filter(is_moved).collect();
    let block = moved[0];
    let school =
        |index: &Value| data["schools"][index.as_u64().expect("a school") as usize]["n"].as_str().expect("a name");
    found(browser, block["i"].as_str().expect("an id"));
    browser.press("ArrowDown", DOWN);
    browser.press("Enter", ENTER);
    let card = text_of(browser, "#card");
    let change = format!("变动：{} → {}", school(&block["s"][0][2]), school(&block["s"][0][0]));
    for part in [block["n"].as_str().expect("a name"), &change, "直线距离", "理由", "提意见", "jyj@example.cn"]
    {
        assert!(card.contains(part), "{part} in {card}");
    }
    assert_eq!(browser.run("document.activeElement.id"), "card", "a screen reader goes on there");
    let link = browser.run("decodeURIComponent(card.querySelector('a[href^=mailto]').href)");
    assert!(link.as_str().expect("a link").contains(block["i"].as_str().expect("an id")), "{link}");
    let border = &block["s"][0][4].as_array().expect("schools across the border");
    assert!(!border.is_empty() && border.iter().all(|other| card.contains(school(other))), "{card}");
    assert!(card.contains("以公告文字为准"), "{card}");
    assert_eq!(browser.run("document.querySelectorAll('#blocks .chosen').length"), 1);
    browser.picture(&format!("card-{wide}"));
    // Existing against proposed, and what changes.
    let shown = "[...document.querySelectorAll('[data-layer]:not([hidden])')].map((layer) => layer.dataset.layer)";
    assert_eq!(browser.run(shown), json!(["proposed-all", "schools-all"]));
    browser.run("document.querySelector('[value=existing]').click()");
    assert_eq!(browser.run(shown), json!(["existing-all", "schools-all"]));
    browser.run("document.querySelector('[value=changes]').click()");
    assert_eq!(browser.run("document.querySelectorAll('#blocks .moved').length"), moved.len());
    assert!(text_of(browser, "#changed").contains(&moved.len().to_string()));
    browser.picture(&format!("changes-{wide}"));
    // The map moves by keys.
    let view = "map.getAttribute('viewBox')";
    browser.run("frame.focus()");
    let before = browser.run(view);
    browser.press("0", 48);
    let whole = browser.run(view);
    assert_ne!(before, whole, "choosing a compound had gone nearer");
    // The table says all the map says.
    browser.run("document.querySelector('summary').click()");
    let count = "document.querySelectorAll('#rows tr').length";
    browser.run("new Promise((done) => setTimeout(done, 50))");
    assert_eq!(browser.run(count), data["blocks"].as_array().expect("blocks").len());
    browser.run("document.querySelector('#only input').click()");
    assert_eq!(browser.run(count), moved.len());
    assert!(text_of(browser, "#rows").contains(&change));
    // The other language, and back.
    browser.run("language.click()");
    assert_eq!(browser.run("document.documentElement.lang"), "en");
    assert!(text_of(browser, "#card").contains("changes:"));
    browser.run("language.click()");
    assert_eq!(barriers_for_people(browser), json!([]), "{wide}");
}

/// The papers are pages as well.
#[test]
fn the_papers_open_without_barriers() {
    let Some(mut browser) = Browser::start() else { return };
    let home = complete();
    published(home.path(), "public", &["--public"]).ends(0);
    for name in ["notice.html", "comment-form.html"] {
        let file = home.path().join("public").join(name).canonicalize().expect("the page");
        for screen in SCREENS {
            browser.open(&file, screen);
            browser.picture(&format!("{name}-{}", screen[0]));
            assert_eq!(browser.run("document.documentElement.scrollWidth <= window.innerWidth"), true, "{name}");
            assert_eq!(barriers_for_people(&mut browser), json!([]), "{name}");
        }
    }
    assert_eq!(browser.faults, Vec::<String>::new());
}

/// Two stages, districts, barriers, fifteen hundred names: the demo county.
#[test]
fn the_page_of_the_demo_answers_for_both_stages() {
    let Some(mut browser) = Browser::start() else { return };
    let home = folder();
    let to = home.path().join("public").display().to_string();
    let run = xuequ(demo(), &["publish", "out", "-o", &to, "--public", "--lang", "zh-CN"]);
    assert!(run.code <= 1, "{run:?}");
    let file = home.path().join("public/index.html").canonicalize().expect("the page");
    for screen in SCREENS {
        browser.open(&file, screen);
        browser.picture(&format!("demo-{}", screen[0]));
        let data = data_of(&std::fs::read_to_string(&file).expect("the page"));
        let block = &data["blocks"][17];
        let names = found(&mut browser, block["n"].as_str().expect("a name"));
        assert!(!names.is_empty());
        browser.press("ArrowDown", DOWN);
        browser.press("Enter", ENTER);
        let card = text_of(&mut browser, "#card");
        assert!(card.contains("小学") && card.contains("初中") && card.contains("学区"), "{card}");
        browser.picture(&format!("demo-card-{}", screen[0]));
        assert_eq!(barriers_for_people(&mut browser), json!([]));
    }
    assert_eq!(browser.faults, Vec::<String>::new());
}
