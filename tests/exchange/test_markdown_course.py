"""Habits of course lists and what `curriculum import` makes of them. Each document is of another kind."""

from textwrap import dedent

import pytest

from llmpath.exchange.markdown_course import Course, course_of

USUAL = {"article": 20, "video": 40, "course": 300, "book": 600, "paper": 60, "notebook": 60}


def imported(markdown: str, **options: object) -> Course:
    return course_of(dedent(markdown), "demo", USUAL, **options)  # type: ignore[arg-type]


def outline(course: Course) -> dict[str, dict[str, list[str]]]:
    """Titles of parts, of their topics, of the resources in these."""
    return {
        text(part["title"]): {
            text(course.topics[topic]["title"]): [each["title"] for each in course.topics[topic]["resources"]]
            for topic in part["topics"]
        }
        for part in course.outline["parts"]
    }


def text(texts: dict[str, str]) -> str:
    return next(iter(texts.values()))


def resources(course: Course) -> list[dict[str, object]]:
    return [each for topic in course.topics.values() for each in topic["resources"]]


def urls(course: Course) -> list[object]:
    return [each["url"] for each in resources(course)]


TWO_LEVELS = """
    # Learn Gardening

    A path for beginners.

    ## Soil
    What plants stand in.
    ### Compost
    - [Heaps](https://a.example/heaps) - how to build one
    - [Worms](https://a.example/worms)
    ### Clay
    - [Digging](https://a.example/digging)
    ## Water
    ### Rain
    1. [Barrels](https://a.example/barrels)
    2. [Gutters](https://a.example/gutters)
    ### Wells
    * [Pumps](https://a.example/pumps)
    """

FOUR_LEVELS = """
    # Everything
    # Course
    ## Year one
    ### Autumn
    #### Videos
    - [One](http://v.example/1)
    #### Books
    - [Two](http://v.example/2)
    ### Spring
    - [Three](http://v.example/3)
    ## Year two
    ### Summer
    - [Four](http://v.example/4)
    ### Winter
    - [Five](http://v.example/5)
    - [Six](http://v.example/6)
    """

TABLE_PER_TOPIC = """
    # Studies
    ## Core
    ### Programming

    Courses | Duration | Effort | Prerequisites | Discussion
    :-- | :--: | :--: | :--: | :--:
    [Simple Data](https://c.example/simple) | 7 weeks | 8-10 hours/week | none | [chat](https://discord.gg/abc)
    [Complex Data](https://c.example/complex) ([alt](https://d.example/complex)) | 6 weeks | 5 hours/week | Simple Data

    ### Maths

    Courses | Duration | Effort | Prerequisites
    :-- | :--: | :--: | :--:
    [Calculus](https://c.example/calculus) | 4 h | - | Complex Data
    """

SETEXT = """
    Title
    =====

    Birds
    -----
    - [Owls](http://b.example/owls)

    Fish
    -----
    - [Carp](http://b.example/carp)
    """

EMOJI = """
    # 📚 Awesome Maps [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)
    ## 🗺️ Contents
    - [Paper](#-paper)
    ## :page_facing_up: Paper
    - 🔥 [Folding](http://m.example/fold)
    ## 2️⃣ Screens
    - [Tiles](http://m.example/tiles) ⭐
    """

HTML = """
    <h1 align="center">Cooking</h1>
    <h2>Bread</h2>
    <table>
      <tr><th>Day</th><th>Lesson</th><th>Video</th></tr>
      <tr><td>1</td><td>Dough</td><td><a href="https://y.example/dough"><img src="play.png"></a></td></tr>
      <tr><td>2</td><td>Crust</td><td><a href="https://y.example/crust">Video</a></td></tr>
    </table>
    <details><summary>Cakes</summary><ul><li><a href='https://y.example/cake'>Sponge</a></ul></details>
    <details><summary>Click to expand</summary>

    - [Rolls](https://y.example/rolls)

    </details>
    """

BOLD = """
    # Papers
    ## Vision
    - **Deep nets are fooled: so there** (2015), A. Person et al. [[pdf]](http://p.example/1.pdf) [[code]](http://p.example/c)
    - **[Bold link](http://p.example/2)**: a note
    ## Sound
    **Speech**

    - [Listening](http://p.example/3)

    **Music**

    - [Harmony](http://p.example/4)
    """

NESTED = """
    # Plan
    ## Structures
    - [CS 1](http://n.example/cs1) *Somewhere*
        - A course about everything that there is.
        - [Lecture Videos](http://n.example/v1)
    - [CS 2](http://n.example/cs2)
        - [Lecture Videos](http://n.example/v2)
    - How to begin early
        - [Slides](http://n.example/s)
    ## Sorting
    - **Quick sort**: divides and conquers
    - **Heaps**
        - [Heap paper](http://n.example/heap)
    """

REPEATED = """
    # Channels
    ## Alpha: Basics
    Words first.

    🔗 [Link to Course](http://r.example/a)
    ## Beta
    🔗 [Link to Course](http://r.example/b) 🔗 [Link to Materials](http://r.example/bm)
    ## Gamma
    [Learn More](http://r.example/c)
    [Learn More](http://r.example/d)

    [Learn More](http://r.example/e)
    """

BADGES = """
    # Tool school
    [![CI](https://img.shields.io/ci.svg)](https://ci.example/x) [site](https://s.example) [中文](README.zh.md)
    ## Lessons
    - [![arXiv](https://img.shields.io/badge/arXiv-1.2.svg)](https://arxiv.org/abs/1706.03762) Attention paper
    - One notebook <a href="https://colab.research.google.com/x"><img src="img/colab-badge.svg" alt="Open In Colab"></a>
    - [Two](http://t.example/2)
    ## Contributors ✨
    - [Somebody](https://github.com/somebody)
    ## License
    [MIT](LICENSE)
    ## Sponsors
    [![Buy](x.png)](https://sponsor.example)
    """

CHINESE = """
    # 零基础学烘焙

    这是一份给初学者的课程。

    ## 一、面团
    - [发酵的原理](https://zhuanlan.zhihu.com/p/1) 讲得很清楚，约 2 小时
    - [Bread Science](https://bread.example/science)
    ## 二、烤箱
    | 日期 | 标题 | 时长 | 视频 |
    | -- | -- | -- | -- |
    | 11/3/21 | 零基础 [温度](https://t.example/temp)（入门） | 66:19 | [B站](https://bilibili.com/video/BV1/), [YouTube](https://youtu.be/x)
    ## 致谢
    - [某人](https://someone.example)
    """

RELATIVE = """
    # Book
    ## 目录
    | 章节 | 内容 |
    | --- | --- |
    | [第一章](./docs/chapter1/README.md) | 什么是智能体 |
    | [第二章](docs/第二章.md) | 历史 |
    """

TICKED = """
    # Study
    ## Big O
    - [x] [Notation](http://k.example/1)
    - [ ] [Cheat sheet](http://k.example/2)
    - [X] Recurrences:
        - [Part one](http://k.example/3)
    - ### Arrays
        - [x] [Vectors (video)](http://k.example/4)
    """

REFERENCES = """
    # Refs
    ## One
    - [Known][k] and [Again] and <https://auto.example/x> and https://bare.example/y_(z), see[^1]
    - `[code](http://code.example)`

    ```
    curl https://fenced.example
    [in code](http://code2.example)
    ```
    ## Two
    - [Other](http://other.example "with a title")
      continued on a second line

    [k]: https://known.example/page
    [again]: <https://again.example>
    [^1]: A [footnote](https://foot.example).
    """

TRANSLATIONS = """
    # Phrases
    ## Week 1
    | English | 中文 |
    | --- | --- |
    | [Greetings](https://e.example/1) | [问候语](https://z.example/1) |
    ## Week 2
    | English | 中文 |
    | --- | --- |
    | [Numbers](https://e.example/2) | [数字](https://z.example/2) |
    """

NO_HEADINGS = """
    - Reading
      - [Runes](http://x.example/1)
      - [Letters](http://x.example/2)
    - Writing
      - [Pens](http://x.example/3)
    """

NO_TITLE = """
    Read this first.

    ## Left
    - [L](http://x.example/l)
    ## Right
    - [R](http://x.example/r)
    """

SAME_NAMES = """
    # Both
    ## Python
    ### Books
    - [A](http://s.example/a)
    ### Style
    - [B](http://s.example/b)
    ## Rust
    ### Books
    - [C](http://s.example/c)
    ### Style
    - [D](http://s.example/d)
    - [A again](https://www.s.example/a/)
    """

OWN_CONTENTS = """
    # Tubes
    **Contents**

    - [Alpha](https://github.com/some/tubes/blob/main/README.md#alpha)
    - [Beta](https://github.com/some/tubes#beta)
    ## Alpha
    - [One](http://o.example/1) by [Ann](https://annsite.example) and [more by her](https://annsite.example/works/list)
    ## Beta
    - [Two](http://o.example/2)
    """

UNTIDY = """
    # Real
    ##   Closed   ##
    - [](http://u.example/empty)
    - [![](thumb.png)](http://u.example/image) The picture shows it.
    - [broken](http://u.example:bad/x) [mail](mailto:a@b.example) [script](javascript:alert(1)) [user](http://me@u.example)
    - [space](<http://u.example/a b>) [ünicode](http://u.example/ü?q=ä)
    """


PAPERS = """
    # Roadmap
    #1 History
    ##1.1 Survey
    **[1]** LeCun, Yann, and Hinton. "**Deep learning**." Nature (2015). [[pdf]](http://q.example/1) **(Survey)**

    **[2]** Hinton. "A fast learning algorithm." (2006). [[pdf]](http://q.example/2)
    ##1.2 Methods
    - [Parser] (http://q.example/3) - a program
    - Writing a debugger
      - [Part 1](http://q.example/4)
      - [Part 2: Breakpoints](http://q.example/5)

    | Chapter | Code |
    | --- | --- |
    | Ch 2: Working with text | [ch02.ipynb](http://q.example/ch02.ipynb) |
    """


COURSE = """
    <div align="center">
    <p>🐦 <a href="https://twitter.com/somebody">Follow me</a> • 📙 <a href="https://shop.example/book">My book</a></p>
    </div>

    ## 📝 Notebooks
    | Notebook | Description | Notebook |
    |---|---|---|
    | 🧐 Evaluate | Run it. | <a href="https://colab.research.google.com/a"><img src="img/colab.svg" alt="Open"></a> |
    ## 🧩 The Scientist
    ![](img/roadmap.png)

    ### 1. Architecture
    You need not know all of it.

    * **Attention**: which parts matter.
    * **Sampling**: how text is chosen.

    📚 **References**:
    - [Visual intro](https://v.example/intro) by [Ann Author](https://x.com/ann): Visual introduction for everybody.
    - [Notes by Bob](https://n.example/bob): The same, in code.
    - [nanoGPT](https://v.example/nano)
    ---
    ### 2. Data
    📚 **References**
    * [📚 Cards](https://d.example/cards)
    * [Filters](https://d.example/filters)
    * [Templates](https://d.example/templates)
    ## Acknowledgements
    Inspired by [another](https://github.com/other/roadmap).
    """


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        pytest.param(
            TWO_LEVELS,
            {
                "Soil": {"Compost": ["Heaps", "Worms"], "Clay": ["Digging"]},
                "Water": {"Rain": ["Barrels", "Gutters"], "Wells": ["Pumps"]},
            },
            id="two levels of headings",
        ),
        pytest.param(
            FOUR_LEVELS,
            {
                "Year one": {"Autumn": ["One", "Two"], "Spring": ["Three"]},
                "Year two": {"Summer": ["Four"], "Winter": ["Five", "Six"]},
            },
            id="four levels of headings",
        ),
        pytest.param(
            TABLE_PER_TOPIC,
            {"Studies": {"Programming": ["Simple Data", "Complex Data", "Complex Data (alt)"], "Maths": ["Calculus"]}},
            id="a table for each topic",
        ),
        pytest.param(
            COURSE,
            {
                "Notebooks": {"Notebooks": ["Evaluate (Open)"]},
                "The Scientist": {
                    "Architecture": ["Visual intro", "Notes by Bob", "nanoGPT"],
                    "Data": ["📚 Cards", "Filters", "Templates"],
                },
            },
            id="a course with parts, concepts and references",
        ),
        pytest.param(SETEXT, {"Title": {"Birds": ["Owls"], "Fish": ["Carp"]}}, id="underlined headings"),
        pytest.param(EMOJI, {"Awesome Maps": {"Paper": ["Folding"], "Screens": ["Tiles"]}}, id="emoji in headings"),
        pytest.param(HTML, {"Cooking": {"Bread": ["Dough", "Crust (Video)", "Rolls"], "Cakes": ["Sponge"]}}, id="HTML"),
        pytest.param(
            BOLD,
            {
                "Vision": {
                    "Vision": [
                        "Deep nets are fooled: so there (pdf)",
                        "Deep nets are fooled: so there (code)",
                        "Bold link",
                    ]
                },
                "Sound": {"Speech": ["Listening"], "Music": ["Harmony"]},
            },
            id="bold titles",
        ),
        pytest.param(
            NESTED,
            {
                "Plan": {
                    "Structures": [
                        "CS 1",
                        "CS 1 (Lecture Videos)",
                        "CS 2",
                        "CS 2 (Lecture Videos)",
                        "How to begin early (Slides)",
                    ],
                    "Sorting": ["Heap paper"],
                }
            },
            id="lists in lists",
        ),
        pytest.param(
            REPEATED,
            {
                "Channels": {
                    "Alpha: Basics": ["Alpha: Basics (Link to Course)"],
                    "Beta": ["Beta (Link to Course)", "Beta (Link to Materials)"],
                    "Gamma": ["Gamma (Learn More)"] * 3,
                }
            },
            id="one text on many links",
        ),
        pytest.param(
            BADGES,
            {"Tool school": {"Lessons": ["Attention paper (arXiv)", "One notebook (Open In Colab)", "Two"]}},
            id="badges",
        ),
        pytest.param(
            PAPERS,
            {
                "Roadmap": {
                    "Survey": ["Deep learning (pdf)", "A fast learning algorithm (pdf)"],
                    "Methods": [
                        "Parser",
                        "Writing a debugger (Part 1)",
                        "Part 2: Breakpoints",
                        "Ch 2: Working with text (ch02.ipynb)",
                    ],
                }
            },
            id="papers, old Markdown",
        ),
        pytest.param(
            CHINESE,
            {
                "零基础学烘焙": {
                    "面团": ["发酵的原理", "Bread Science"],
                    "烤箱": ["温度", "零基础 温度（入门） (B站)", "零基础 温度（入门） (YouTube)"],
                }
            },
            id="Chinese",
        ),
        pytest.param(
            TICKED,
            {"Study": {"Big O": ["Notation", "Cheat sheet", "Part one"], "Arrays": ["Vectors (video)"]}},
            id="task lists, a heading in a list",
        ),
        pytest.param(
            TRANSLATIONS,
            {"Phrases": {"Week 1": ["Greetings", "问候语"], "Week 2": ["Numbers", "数字"]}},
            id="translations side by side",
        ),
        pytest.param(
            NO_HEADINGS, {"demo": {"Reading": ["Runes", "Letters"], "Writing": ["Pens"]}}, id="no headings at all"
        ),
        pytest.param(NO_TITLE, {"demo": {"Left": ["L"], "Right": ["R"]}}, id="no title"),
        pytest.param(
            SAME_NAMES,
            {
                "Python": {"Python: Books": ["A"], "Python: Style": ["B"]},
                "Rust": {"Rust: Books": ["C"], "Rust: Style": ["D"]},
            },
            id="the same headings in each part",
        ),
        pytest.param(
            OWN_CONTENTS,
            {"Tubes": {"Alpha": ["One", "more by her"], "Beta": ["Two"]}},
            id="contents by whole addresses",
        ),
    ],
)
def test_headings_become_parts_and_topics_and_links_resources(markdown: str, expected: object) -> None:
    assert outline(imported(markdown)) == expected


def test_links_of_every_form_are_found_and_code_is_not_read() -> None:
    assert urls(imported(REFERENCES)) == [
        "https://known.example/page",
        "https://again.example",
        "https://auto.example/x",
        "https://bare.example/y_(z",
        "http://other.example",
        "https://foot.example",
    ]


def test_a_link_without_words_is_named_by_the_words_around_it_or_by_its_address() -> None:
    course = imported("""
        # References
        ## Sources
        - https://n.example/some/page?x=1
        - [](https://n.example/empty) about it
        > [算法](https://n.example/剑指%20offer.md)

        - 《A printed book》
        """)
    assert [each["title"] for each in resources(course)] == ["n.example/some/page?x=1", "about it", "算法"]
    assert urls(course)[2] == "https://n.example/%E5%89%91%E6%8C%87%20offer.md"


def test_a_row_of_lessons_is_named_by_its_topic_and_a_maker_or_a_length_names_nothing() -> None:
    course = imported("""
        # Sources
        ## Lessons
        | | Topic | Link |
        |-|-|-|
        | 01 | Introduction | [Lesson](https://github.com/o/r/blob/main/1/README.md) |
        | 02 | History | [Lesson](https://github.com/o/r/blob/main/2/README.md) |
        ## Regression
        1. [Data](https://n.example/data) (45 min)
        2. [Notes](https://n.example/notes) by someone
        3. [Arrays (video)](https://coursera.org/arrays)
        """)
    assert [(each["title"], each["kind"]) for each in resources(course)] == [
        ("Introduction", "article"),
        ("History", "article"),
        ("Regression (Data)", "article"),
        ("Regression (Notes)", "article"),
        ("Arrays (video)", "video"),
    ]
    assert resources(course)[2]["minutes"] == 45


def test_what_is_no_safe_web_address_is_left_out_and_counted() -> None:
    course = imported(UNTIDY)
    assert urls(course) == [
        "http://u.example/empty",
        "http://u.example/image",
        "http://u.example/a%20b",
        "http://u.example/%C3%BC?q=%C3%A4",
    ]
    assert course.left_out == {"addresses": 3}


def test_a_link_to_the_readme_of_another_repository_is_no_link_into_the_document() -> None:
    course = imported("""
        # Lists
        ## Contents
        - [Editors](https://github.com/own/lists#editors)
        - [Shells](https://github.com/own/lists/blob/main/readme.md#shells)
        ## Editors
        - [Vim](https://github.com/one/vim#readme)
        ## Shells
        - [Fish](https://github.com/two/fish#readme)
        """)
    assert urls(course) == ["https://github.com/one/vim#readme", "https://github.com/two/fish#readme"]
    assert course.left_out == {"anchors": 2}


def test_links_are_named_by_what_they_belong_to_and_keep_their_brackets() -> None:
    course = imported("""
        # Readings
        ## Chapters
        | | Chapter | Code | More |
        | - | - | - | - |
        | 1 | Ch 1: Tokens | - [ch01.ipynb](https://n.example/1.ipynb) (summary) | [Learn more](https://n.example/m1) |
        | 2 | [Vectors](https://n.example/v) | | [Learn more](https://n.example/m2) |
        | 3 | [Trees](https://n.example/t) | | [Learn more](https://n.example/m3) |
        ## Papers
        - [2023/10] **Memory of agents.** *A. Person.* [[paper](https://n.example/p)] (with notes)
        - [[Review] Sorting](https://n.example/r)
        """)
    assert [each["title"] for each in resources(course)] == [
        "Ch 1: Tokens (ch01.ipynb)",
        "Ch 1: Tokens (Learn more)",
        "Vectors",
        "Vectors (Learn more)",
        "Trees",
        "Trees (Learn more)",
        "Memory of agents (paper)",
        "[Review] Sorting",
    ]


def test_a_heading_that_holds_most_of_the_links_is_not_about_the_document() -> None:
    course = imported("""
        # Community
        ## Forums
        - [Most](http://u.example/1)
        - [of the links](http://u.example/2)
        # Team
        - [Ann](http://u.example/3)
        """)
    assert urls(course) == ["http://u.example/1", "http://u.example/2"]


def test_what_is_about_the_document_is_left_out_and_counted() -> None:
    course = imported(BADGES)
    assert course.left_out_under == {"Contributors": 1, "License": 1, "Sponsors": 1}
    assert course.left_out == {"introduction": 3}
    assert imported(TABLE_PER_TOPIC).left_out == {"social": 1}
    assert imported(OWN_CONTENTS).left_out == {"anchors": 2, "authors": 1}


@pytest.mark.parametrize(
    "heading", ["## ?", "##", "## &", "## ![](x.png)", "## Contributing to Open Source", "## Origins"]
)
def test_what_does_not_speak_of_the_document_is_part_of_the_course(heading: str) -> None:
    course = imported(
        f"# Course\n\n## First\n- [a](https://a.example)\n- [b](https://b.example)\n\n{heading}\n- [c](https://c.example)\n"
    )
    urls = [resource["url"] for topic in course.topics.values() for resource in topic["resources"]]
    assert urls == ["https://a.example", "https://b.example", "https://c.example"]


def test_relative_links_are_read_by_their_base_and_counted_without_one() -> None:
    course = imported(RELATIVE, base="https://github.com/some/book/blob/main/")
    assert urls(course) == [
        "https://github.com/some/book/blob/main/docs/chapter1/README.md",
        "https://github.com/some/book/blob/main/docs/%E7%AC%AC%E4%BA%8C%E7%AB%A0.md",
    ]
    assert [each["note"] for each in resources(course)] == [{"zh-Hans": "什么是智能体"}, {"zh-Hans": "历史"}]
    without = imported(RELATIVE)
    assert (without.outline["parts"], without.left_out) == ([], {"relative": 2})


def test_columns_of_lengths_and_prerequisites_are_understood() -> None:
    course = imported(TABLE_PER_TOPIC)
    assert [each["minutes"] for each in resources(course)] == [7 * 9 * 60, 6 * 5 * 60, 6 * 5 * 60, 240]
    assert {each["kind"] for each in resources(course)} == {"course"}
    assert all(each["guessed"] == ["kind"] for each in resources(course))
    assert (course.topics["maths"]["requires"], course.topics["programming"]["requires"]) == (["programming"], [])


def test_a_chinese_list_is_chinese_and_names_the_language_of_each_resource() -> None:
    course = imported(CHINESE)
    assert course.outline["languages"] == ["zh-Hans"]
    assert [(each["language"], each["kind"], each["minutes"]) for each in resources(course)] == [
        ("zh-Hans", "article", 120),
        ("en", "article", 20),
        ("zh-Hans", "video", 66),
        ("zh-Hans", "video", 66),
        ("zh-Hans", "video", 66),
    ]


def test_bold_items_without_a_link_are_concepts_that_the_links_below_them_teach() -> None:
    sorting = imported(NESTED).topics["sorting"]
    assert [(each["title"]["en"], each["summary"]["en"]) for each in sorting["concepts"]] == [
        ("Quick sort", "divides and conquers"),
        ("Heaps", "Heaps"),
    ]
    assert sorting["resources"][0]["concepts"] == ["heaps"]


def test_a_course_in_the_manner_of_the_one_that_ships_keeps_its_concepts() -> None:
    course = imported(COURSE)
    assert [each["title"]["en"] for each in course.topics["architecture"]["concepts"]] == ["Attention", "Sampling"]
    assert course.topics["architecture"]["summary"] == {"en": "You need not know all of it."}
    assert (course.left_out, course.left_out_under) == ({"introduction": 2, "authors": 1}, {"Acknowledgements": 1})


def test_ticked_boxes_are_told() -> None:
    assert imported(TICKED).ticked == ["http://k.example/1", "http://k.example/4"]


def test_an_address_that_stands_twice_is_one_resource_and_worth_seeing_elsewhere() -> None:
    course = imported(SAME_NAMES)
    assert course.left_out == {"double": 1}
    assert course.topics["rust-style"]["see_also"] == ["python-books/a"]


def test_summaries_are_the_first_words_of_the_document_the_part_and_the_topic() -> None:
    course = imported(TWO_LEVELS)
    assert course.outline["summary"] == {"en": "A path for beginners."}
    assert [part["summary"]["en"] for part in course.outline["parts"]] == ["What plants stand in.", "Water"]
    assert course.topics["compost"]["resources"][0]["note"] == {"en": "how to build one"}
    assert course.topics["compost"]["core"] == ["heaps", "worms"]


def test_the_level_of_the_parts_can_be_said() -> None:
    assert outline(imported(FOUR_LEVELS, part_level=3)) == {
        "Autumn": {"Autumn: Videos": ["One"], "Autumn: Books": ["Two"]},
        "Spring": {"Spring": ["Three"]},
        "Summer": {"Summer": ["Four"]},
        "Winter": {"Winter": ["Five", "Six"]},
    }


def test_a_topic_too_long_for_one_file_goes_on_in_another() -> None:
    many = "# Long\n## List\n" + "".join(f"- [Link {n}](http://x.example/{n})\n" for n in range(1_200))
    assert [len(topic["resources"]) for topic in imported(many).topics.values()] == [500, 500, 200]
