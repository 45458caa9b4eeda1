/// A README of a format: what stands below its title, and the sections.
pub(super) struct Readme<'t> {
    pub(super) title: &'t str,
    pub(super) lead: &'t str,
    sections: Vec<(&'t str, &'t str)>,
}

impl<'t> Readme<'t> {
    /// Takes `text` apart at its headings, those in code aside.
    pub(super) fn new(text: &'t str) -> Self {
        let mut cuts = Vec::new();
        let (mut at, mut fenced) = (0, false);
        for line in text.split_inclusive('\n') {
            fenced ^= line.trim_start().starts_with("```");
            if !fenced && line.starts_with("## ") {
                cuts.push((at, at + line.len()));
            }
            at += line.len();
        }
        let head = &text[..cuts.first().map_or(text.len(), |(start, _)| *start)];
        let (title, lead) = head.split_once('\n').unwrap_or((head, ""));
        let ends = cuts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
        let sections =
            cuts.iter().zip(ends).map(|((start, body), end)| (text[*start + 3..*body].trim(), text[*body..end].trim()));
        Self { title: title.trim_start_matches("# ").trim(), lead: lead.trim(), sections: sections.collect() }
    }

    /// What stands below a heading; nothing where it is missing.
    pub(super) fn section(&self, heading: &str) -> &'t str {
        let heading = heading.trim_start_matches("## ");
        self.sections.iter().find(|(name, _)| *name == heading).map_or("", |(_, body)| *body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_end_at_the_next_heading() {
        let text = "# tool\n\nLead.\n\n## What it reads\n\nA:\n```\n## no heading\n```\n### more\n\n## Sources\n\nB\n";
        let readme = Readme::new(text);
        assert_eq!((readme.title, readme.lead, readme.section("## Sources")), ("tool", "Lead.", "B"));
        assert_eq!(readme.section("What it reads"), "A:\n```\n## no heading\n```\n### more");
        assert_eq!(readme.section("Metrics"), "");
    }
}
