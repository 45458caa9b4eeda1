use super::{TEXT, page};
use crate::{Look, prill_with};

/// The elements that a page may have; of the last ones there is no end tag.
const ELEMENTS: &[&str] = &[
    "html", "head", "title", "style", "body", "header", "footer", "section", "h1", "h2", "small", "p", "ul", "ol", "li", "table",
    "tr", "td", "code", "mark", "span", "div", "b", "i", "a", "details", "summary",
];
const VOID: &[&str] = &["meta", "br"];
const ATTRIBUTES: &[&str] =
    &["lang", "charset", "name", "content", "http-equiv", "class", "id", "href", "colspan", "style", "data-tip"];

/// Panics unless `page` is well-formed, has no other elements and attributes than a page needs, and fetches nothing.
pub(super) fn assert_sound(page: &str) {
    let mut rest = page.strip_prefix("<!doctype html>\n").expect("a doctype");
    let mut open: Vec<&str> = Vec::new();
    while let Some((text, tag)) = rest.split_once('<') {
        assert!(open.last() == Some(&"style") || !text.contains('>'), "a stray `>` in {text:?}");
        let (tag, after) = tag.split_once('>').expect("a tag that ends");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "an end without a start");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(ELEMENTS.contains(&name) || VOID.contains(&name), "<{tag}>");
        if ELEMENTS.contains(&name) {
            open.push(name);
        }
        assert_attributes(attributes);
    }
    assert!(open.is_empty(), "never closed: {open:?}");
}

/// `key="value" key="value"`: a value that has a quotation mark in it breaks this.
fn assert_attributes(mut text: &str) {
    while !text.is_empty() {
        let (key, rest) = text.split_once("=\"").unwrap_or_else(|| panic!("no attribute: {text}"));
        assert!(ATTRIBUTES.contains(&key), "{key} in {text}");
        let (value, rest) = rest.split_once('"').expect("a value that ends");
        assert!(key != "href" || value.starts_with('#'), "a link to elsewhere: {value}");
        text = rest.strip_prefix(' ').unwrap_or(rest);
    }
}

/// What is in each element of this name, tags left out and entities read.
pub(super) fn contents(page: &str, element: &str) -> Vec<String> {
    let (start, end) = (format!("<{element}"), format!("</{element}>"));
    let inner = |rest: &str| rest.split_once('>').unwrap().1.split_once(&end).unwrap().0.to_owned();
    page.split(&start).skip(1).map(|rest| plain(&inner(rest))).collect()
}

fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').unwrap().1;
    }
    text.push_str(rest);
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#10;", "\n"), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (entity, c)| text.replace(entity, c))
}

#[test]
fn a_page_has_the_text_the_marks_the_notes_and_the_coverage() {
    let page = page(TEXT.as_bytes());
    assert_sound(&page);
    assert_eq!(contents(&page, "code"), ["tiny", "version 7", "lat.p99 431 us", "total 2", "odd 5 parsecs"]);
    assert!(page.contains("<b>lat.p99</b><i>{op=read}</i></span><span>431 us</span><span class=\"lower\">↓</span>"), "{page}");
    assert!(page.contains("data-tip=\"lat.p99{op=read}&#10;= 0.000431 s, polarity lower&#10;"), "{page}");
    assert!(page.contains("<span class=\"ignored\" data-tip=\"ignored: version\">7</span>"), "{page}");
    assert!(page.contains("<span class=\"open\" data-tip=\"unexplained\">5</span>"), "{page}");
    assert!(page.contains("numbers: 4, of which 2 claimed, 1 ignored, 1 unexplained (75 % explained)"), "{page}");
    assert!(page.contains("<a href=\"#s0-5\">5:5</a> 5<br>"), "the way to what is unexplained: {page}");
    assert!(page.contains("<b>warning[unknown-unit]</b>: `parsecs` is no unit <a href=\"#s0-5\">line 5</a>"), "{page}");
    assert!(page.contains("<tr id=\"s0-5\">"), "{page}");
    assert!(page.contains("color-scheme: light dark;") && page.contains("(prefers-color-scheme: dark)"), "{page}");
}

#[test]
fn nothing_of_an_output_is_markup() {
    let text = "tiny\n<script>alert(1)</script> 5 us <b>\n</code></td>&lt; \"'><img/src=x onerror=alert(2)> 6\n\
                odd 5 </p><script>alert(3)</script>\nx 1 us\n";
    let page = page(text.as_bytes());
    assert_sound(&page);
    assert_eq!(contents(&page, "code").join("\n") + "\n", text);
    assert!(page.contains("<b>&lt;script&gt;alert(1)&lt;/script&gt;</b>"), "a metric's name: {page}");
    assert!(page.contains("`&lt;/p&gt;&lt;script&gt;alert(3)&lt;/script&gt;` is no unit"), "a diagnostic: {page}");
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""), "and were it, it would not run: {page}");
}

#[test]
fn a_file_name_is_no_markup_either() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("<i onclick=\"x\">&.log");
    std::fs::write(&path, "tiny\nx 1\n").unwrap();
    let ran = prill_with(&["explain", "--html", "-", path.to_str().unwrap()], "", Look::default());
    assert_sound(&ran.out);
    assert!(ran.out.contains("/&lt;i onclick=&quot;x&quot;&gt;&amp;.log"), "{}", ran.out);
}

#[test]
fn control_characters_colours_and_junk_stay_readable() {
    let page = page(
        b"tiny\r\nx \x1b[1;32m5\x1b[0m us \x07\ty\r\n10%\r20%\rz \x1b[2K\x00 \xff\r\n\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\xf7\xf6\n",
    );
    assert_sound(&page);
    let lines = contents(&page, "code");
    assert_eq!(lines[1..], ["x 5 us ␇\ty", "⋯ 8 bytes overwritten ⋯ z ␛␀ \u{fffd}", "⋯ 10 bytes of no text ⋯"]);
    assert!(!page.contains(|c: char| c.is_control() && c != '\n' && c != '\t'), "{page:?}");
}

#[test]
fn a_long_line_is_shown_around_its_numbers() {
    let text = format!("tiny\n{}x 5 us {}\n", " ".repeat(50_000), "z ".repeat(50_000));
    let all = page(text.as_bytes());
    assert_sound(&all);
    let nothing = page(b"tiny\nx 5 us\n");
    assert!(all.len() < nothing.len() + 1000 && all.contains(" bytes ⋯"), "{all}");
}

#[test]
fn a_page_goes_into_its_file_and_a_folder_that_is_none_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("page.html");
    let ran = prill_with(&["explain", "--html", file.to_str().unwrap()], TEXT, Look::default());
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), page(TEXT.as_bytes()));
    let nowhere = dir.path().join("no/page.html");
    let ran = prill_with(&["explain", "--html", nowhere.to_str().unwrap()], TEXT, Look::default());
    assert_eq!(ran.status, 4);
    assert!(ran.err.contains("failed to write the page") && ran.err.contains("no/page.html"), "{}", ran.err);
}
