"""Words that mean the same, the opposite, or belong to one series."""

from __future__ import annotations

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
PEOPLES = ("American", "British", "English", "French", "German", "Italian", "Spanish", "Russian", "Chinese", "Japanese",
           "Indian", "Canadian", "Australian", "Mexican", "Brazilian", "Dutch", "Swedish", "Polish", "Turkish",
           "Greek", "Irish", "Scottish", "Egyptian", "Iranian", "Israeli", "Korean", "Norwegian", "Danish")  # fmt: skip
COUNTRIES = ("France", "Germany", "Italy", "Spain", "Russia", "China", "Japan", "India", "Canada", "Australia",
             "Mexico", "Brazil", "Sweden", "Poland", "Turkey", "Greece", "Ireland", "Scotland", "Egypt", "Iran",
             "Israel", "Norway", "Denmark", "Portugal", "England", "Austria", "Belgium", "Ukraine")  # fmt: skip
UNITS = (
    ("million", "billion"), ("thousand", "million"), ("million", "trillion"), ("hundred", "thousand"),
    ("billion", "trillion"), ("kilometres", "miles"), ("km", "miles"), ("feet", "metres"), ("meters", "miles"),
    ("hours", "days"), ("minutes", "hours"), ("days", "weeks"), ("weeks", "months"), ("months", "years"),
    ("years", "decades"), ("decades", "centuries"), ("pounds", "tonnes"), ("kg", "tonnes"), ("dollars", "euros"),
    ("people", "families"), ("percent", "percentage points"),
)  # fmt: skip

# "a=b": either may stand for the other; "a>b": the second for the first; without a change of what is said.
SAME = """
began=started commenced>began purchased=bought constructed=built approximately>about roughly>about established>founded
film=movie films=movies numerous=many prior_to>before due_to=because_of nearly=almost attempted_to=tried_to
assisted=helped obtained>got United_States>U.S. United_Kingdom>UK also_known_as>also_called whilst=while amongst=among
towards=toward children>kids physician=doctor attorney=lawyer automobile=car aircraft>plane murdered>killed
regarding>about concerning>about utilised>used utilized>used demonstrated=showed permitted=allowed requested>asked_for
resides>lives residing>living ceased=stopped concluded>ended per_cent=percent entire=whole primary>main principal>main
chiefly>mainly primarily>mainly frequently=often rarely=seldom initially>at_first subsequently>later afterwards>later
eventually>in_the_end occurred=happened took_place>happened received>got remained=stayed sufficient=enough
because_of>owing_to despite=in_spite_of fell_to>dropped_to rose_to>climbed_to stated_that>said_that
declared_that>said_that added_that>said_that noted_that>said_that was_able_to>managed_to unable_to=not_able_to
unsuccessful=not_successful unknown>not_known illegal=not_legal impossible=not_possible incomplete=not_complete
uncommon=not_common unclear=not_clear unlikely=not_likely failed_to>did_not each_year=every_year in_order_to>to
died>passed_away married>wed resigned>stepped_down over_the_course_of>during a_number_of>several
""".split()

# "a=b": the one contradicts the other.
OPPOSITE = """
more=less more=fewer higher=lower increase=decrease increased=decreased increases=decreases increasing=decreasing
rose=fell rise=fall rises=falls rising=falling grew=shrank growth=decline gained=lost gain=loss gains=losses
before=after earlier=later early=late first=last won=lost win=lose wins=loses winning=losing victory=defeat
largest=smallest larger=smaller large=small biggest=smallest highest=lowest oldest=youngest older=younger old=new
longest=shortest longer=shorter long=short best=worst better=worse good=bad greater=lesser most=least
north=south east=west northern=southern eastern=western inside=outside above=below over=under
opened=closed open=closed opening=closing began=ended started=stopped beginning=end accepted=rejected accept=reject
approved=rejected supported=opposed support=oppose supporters=opponents allowed=banned allow=forbid legal=illegal
guilty=innocent imports=exports import=export bought=sold buy=sell borrowed=lent arrived=left entered=left
male=female man=woman men=women son=daughter father=mother brother=sister husband=wife king=queen uncle=aunt
maximum=minimum success=failure successful=unsuccessful succeeded=failed ancient=modern
public=private professional=amateur strong=weak stronger=weaker hot=cold warm=cool wet=dry rich=poor fast=slow
common=rare easy=difficult positive=negative internal=external major=minor full=empty known=unknown likely=unlikely
always=never often=rarely usually=rarely frequently=rarely everyone=nobody with=without ally=enemy
allies=enemies friend=enemy permanent=temporary voluntary=compulsory together=separately same=different
improved=worsened strengthened=weakened expanded=reduced joined=left hired=dismissed appointed=dismissed
confirmed=denied agreed=refused praised=criticised attack=defend attacked=defended offensive=defensive
majority=minority presence=absence present=absent peace=war peaceful=violent urban=rural domestic=foreign
upper=lower top=bottom heavy=light thick=thin wide=narrow deep=shallow import=export alive=dead
ahead_of=behind raised=lowered raise=lower raises=lowers widened=narrowed accelerated=slowed profit=loss
profits=losses surplus=deficit arrested=released jailed=freed convicted=acquitted sharply=slightly
passed=failed lifted=imposed resumed=suspended launched=scrapped withdrew=entered
""".split()

# "a=b": a quantity or range that no longer holds when the one becomes the other.
QUANTITY = """
all=no all=few every=no both=neither many=few several=no some=no at_least=at_most at_least=fewer_than
more_than=fewer_than more_than=less_than up_to=more_than half=a_third twice=three_times double=triple
doubled=halved majority=minority any=no always=sometimes only=not_only
a_quarter=half two-thirds=one-third once=twice neither=both exactly=nearly
""".split()

# "a=b": weakens to strengthens; the right side says more than the left one.
STRONGER = (
    "some=all many=all most=all often=always several=many nearly=more_than almost=more_than sometimes=always".split()
)

# base past participle
VERBS = [
    tuple(line.split(","))
    for line in """
become,became,become begin,began,begun break,broke,broken bring,brought,brought build,built,built buy,bought,bought
catch,caught,caught choose,chose,chosen come,came,come cut,cut,cut draw,drew,drawn fall,fell,fallen fight,fought,fought
find,found,found fly,flew,flown get,got,got give,gave,given go,went,gone grow,grew,grown hold,held,held keep,kept,kept
know,knew,known lead,led,led leave,left,left lose,lost,lost make,made,made meet,met,met pay,paid,paid run,ran,run
say,said,said see,saw,seen sell,sold,sold send,sent,sent sing,sang,sung speak,spoke,spoken spend,spent,spent
stand,stood,stood steal,stole,stolen take,took,taken teach,taught,taught tell,told,told think,thought,thought
win,won,won write,wrote,written rise,rose,risen shoot,shot,shot strike,struck,struck sign,signed,signed
defeat,defeated,defeated kill,killed,killed acquire,acquired,acquired marry,married,married succeed,succeeded,succeeded
replace,replaced,replaced join,joined,joined accuse,accused,accused sue,sued,sued attack,attacked,attacked
invade,invaded,invaded design,designed,designed direct,directed,directed publish,published,published
discover,discovered,discovered invent,invented,invented support,supported,supported oppose,opposed,opposed
criticise,criticised,criticised criticize,criticized,criticized praise,praised,praised appoint,appointed,appointed
visit,visited,visited call,called,called name,named,named open,opened,opened close,closed,closed play,played,played
receive,received,received release,released,released record,recorded,recorded produce,produced,produced
move,moved,moved live,lived,lived work,worked,worked serve,served,served attend,attended,attended
announce,announced,announced describe,described,described develop,developed,developed introduce,introduced,introduced
create,created,created establish,established,established found,founded,founded form,formed,formed
continue,continued,continued remain,remained,remained start,started,started end,ended,ended use,used,used
include,included,included contain,contained,contained allow,allowed,allowed reach,reached,reached
pass,passed,passed approve,approved,approved reject,rejected,rejected agree,agreed,agreed refuse,refused,refused
accept,accepted,accepted claim,claimed,claimed report,reported,reported arrest,arrested,arrested charge,charged,charged
retire,retired,retired resign,resigned,resigned die,died,died return,returned,returned arrive,arrived,arrived
increase,increased,increased decrease,decreased,decreased show,showed,shown prove,proved,proven
conquer,conquered,conquered occupy,occupied,occupied capture,captured,captured recognise,recognised,recognised
elect,elected,elected face,faced,faced follow,followed,followed help,helped,helped influence,influenced,influenced
lack,lacked,lacked like,liked,liked need,needed,needed offer,offered,offered order,ordered,ordered own,owned,owned
perform,performed,performed prevent,prevented,prevented provide,provided,provided sack,sacked,sacked
study,studied,studied suffer,suffered,suffered want,wanted,wanted warn,warned,warned beat,beat,beaten
thank,thanked,thanked hire,hired,hired fire,fired,fired advise,advised,advised inspire,inspired,inspired
persuade,persuaded,persuaded betray,betrayed,betrayed challenge,challenged,challenged blame,blamed,blamed
rescue,rescued,rescued teach,taught,taught nominate,nominated,nominated outsell,outsold,outsold
""".split()
]
TURNABLE = frozenset(
    "defeat kill acquire marry succeed replace accuse sue attack invade support oppose criticise criticize praise"
    " appoint visit buy lead beat sack hire fire advise inspire persuade betray challenge blame rescue teach conquer"
    " occupy capture influence follow help warn thank meet join recognise call arrest shoot nominate tell see"
    " find".split()
)


def table(lines: list[str]) -> dict[str, list[str]]:
    """Both directions of "a=b" and the one of "a>b", underscores being spaces."""
    found: dict[str, list[str]] = {}
    for line in lines:
        sign = "=" if "=" in line else ">"
        one, other = (part.replace("_", " ") for part in line.split(sign))
        found.setdefault(one, []).append(other)
        if sign == "=":
            found.setdefault(other, []).append(one)
    return found
