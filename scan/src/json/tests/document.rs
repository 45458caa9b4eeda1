use super::*;

#[test]
fn walking_about() {
    let text = "note {x}\n{\"jobs\": [{\"name\": \"a\\tb\", \"read\": {\"iops\": 5.5, \"bw\": 7}, \"ok\": true, \"none\": null}, 3], \"z\": \"end\"}";
    let document = Document::read(text);
    let root = document.root().unwrap();
    assert_eq!(root.kind(), Kind::Object);
    assert_eq!(root.span(), document.span().unwrap());
    assert_eq!(root.members().map(|(key, _)| key.raw()).collect::<Vec<_>>(), ["jobs", "z"]);
    assert_eq!(root.items().count(), 0);
    let jobs = root.get("jobs").unwrap();
    assert_eq!(jobs.items().map(Node::kind).collect::<Vec<_>>(), [Kind::Object, Kind::Number]);
    assert_eq!(jobs.members().count(), 0);
    let job = jobs.items().next().unwrap();
    assert_eq!(job.get("name").unwrap().as_str().unwrap(), "a\tb");
    assert_eq!(job.get("name").unwrap().string().unwrap().raw(), "a\\tb");
    assert_eq!(job.get("ok").unwrap().bool(), Some(true));
    assert_eq!(job.get("none").unwrap().kind(), Kind::Null);
    assert_eq!(job.get("nothing").map(Node::kind), None);
    let read = job.get("read").unwrap();
    assert_eq!(read.text(), "{\"iops\": 5.5, \"bw\": 7}");
    assert_eq!(read.key().unwrap().raw(), "read");
    let iops = read.get("iops").unwrap();
    assert_eq!((iops.number().unwrap().text(), iops.number().unwrap().value()), ("5.5", 5.5));
    assert_eq!(&text[iops.span().start..iops.span().end], "5.5");
    assert_eq!(root.get("z").unwrap().number(), None);
}

#[test]
fn of_duplicates_the_last_is_there() {
    let document = Document::read("{\"a\": {\"x\": 1}, \"b\": 2, \"a\": {\"y\": 3}}");
    let root = document.root().unwrap();
    assert_eq!(root.members().map(|(key, _)| key.raw()).collect::<Vec<_>>(), ["b", "a"]);
    assert!(root.get("a").unwrap().get("y").is_some());
    assert_eq!(document.problems().iter().count(), 1);
}

#[test]
fn a_cut_document_is_closed_at_its_end() {
    let text = "{\"a\": [1, {\"b\": 2, \"c\": 3";
    let document = Document::read(text);
    let root = document.root().unwrap();
    assert_eq!(root.span(), crate::Span::new(0, text.len()));
    let array = root.get("a").unwrap();
    assert_eq!(array.items().count(), 2);
    assert_eq!(array.items().nth(1).unwrap().members().count(), 1);
    assert_eq!(document.end(), End::Truncated { at: 24 });
}

#[test]
fn nothing_to_walk_about_in() {
    let document = Document::read("no json [here]");
    assert!(document.root().is_none());
    assert_eq!(document.span(), None);
}

#[test]
fn any_document_of_several() {
    let text = "{\"a\": 1}\n{\"a\": 2}\n";
    let values: Vec<f64> = documents(text)
        .iter()
        .map(|(span, _)| Document::at(text, span.start).root().unwrap().get("a").unwrap().number().unwrap().value())
        .collect();
    assert_eq!(values, [1.0, 2.0]);
}

#[test]
fn strings_with_unescaped_quotes() {
    let document = Document::read("{\"a\": \"x \"y\" z\", \"b\": 1}");
    assert_eq!(document.root().unwrap().get("a").unwrap().as_str().unwrap(), "x \"y\" z");
}
