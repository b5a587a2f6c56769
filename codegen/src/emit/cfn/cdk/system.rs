//! `index.ts`: the construct of the whole system, which makes the groups and shows what they hold.

use super::group::{Group, Member, doc, imports};
use super::scope::member;
use super::ts::Ts;
use crate::text::rendered;

/// The file.
#[derive(askama::Template)]
#[template(path = "cdk/index.ts", escape = "none")]
struct IndexFile {
    imports: String,
    titles: String,
    groups: Vec<GroupView>,
}

/// A group as the system makes it.
struct GroupView {
    class: &'static str,
    /// Its doc comment, within the class.
    docs: String,
    /// The local variable that holds it.
    name: String,
    /// The statement that makes it.
    made: String,
    /// What the system shows of it as properties of its own.
    members: Vec<Member>,
    /// Whether the system shows the group itself.
    is_shown: bool,
}

/// `index.ts`
pub(super) fn file(titles: &str, groups: &[Group]) -> String {
    let used: Vec<_> = groups.iter().flat_map(Group::inputs).collect();
    let views: Vec<_> = groups.iter().map(|group| view(group, &used)).collect();
    let mut text = "Construct Settings completed keepLogicalIds ".to_owned();
    for group in &views {
        text.push_str(&format!("{} ", group.class));
        group.members.iter().for_each(|member| text.push_str(&format!("{} ", member.class)));
    }
    let imports = imports(&text, "");
    rendered(&IndexFile { imports, titles: titles.to_owned(), groups: views })
}

fn view(group: &Group, used: &[&str]) -> GroupView {
    let inputs = group.inputs();
    let is_shown = group.class == "Alarms";
    let members = if is_shown { Vec::new() } else { group.members.clone() };
    let name = member(group.class);
    let is_held = is_shown || !members.is_empty() || used.contains(&name.as_str());
    let head = if is_held { format!("const {name} = ") } else { String::new() };
    let mut arguments = vec![Ts::code("this"), Ts::text(group.class)];
    if !inputs.is_empty() {
        let entry = |name: &&str| ((*name).to_owned(), Ts::code(*name));
        arguments.push(Ts::Object(inputs.iter().map(entry).collect()));
    }
    let made = Ts::Call(format!("new {}", group.class), arguments).statement(4, &head);
    GroupView { class: group.class, docs: doc(group.docs, 2), made, name, members, is_shown }
}
