"""Every screen by the name that steps know it by."""

from __future__ import annotations

from kiosk.ui.person.agencies import Agency, AnswersExplained
from kiosk.ui.person.apart import Advice, Apart
from kiosk.ui.person.around import AskPerson, NoVoice, Problem, TimeOut
from kiosk.ui.person.been import Been, BeenScan, BeenWords
from kiosk.ui.person.found import Found, FoundEntry
from kiosk.ui.person.home import Home, Start
from kiosk.ui.person.how import How
from kiosk.ui.person.language import LanguageChoice
from kiosk.ui.person.notice import Notice, NoticeMore
from kiosk.ui.person.pin import BeenPin, MakePin, MakePinAgain, NoPin
from kiosk.ui.person.question import Question
from kiosk.ui.person.rest import Rest
from kiosk.ui.person.review import Review
from kiosk.ui.person.saving import Confirm, Paper, Printed, Receipt
from kiosk.ui.person.stop import Stop, Stopped, StopSure
from kiosk.ui.person.told import Told
from kiosk.ui.person.understanding import Check, Explain, Pause
from kiosk.ui.person.yes import Kinds, Level, Until
from kiosk.ui.screen import Screen
from kiosk.ui.staff.worker import (
    Worker,
    WorkerActs,
    WorkerCode,
    WorkerPassphrase,
    WorkerReason,
)

SCREENS: dict[str, type[Screen]] = {
    "rest": Rest,
    "language": LanguageChoice,
    "home": Home,
    "how": How,
    "start": Start,
    "notice": Notice,
    "notice-more": NoticeMore,
    "told": Told,
    "agency": Agency,
    "answers": AnswersExplained,
    "question": Question,
    "kinds": Kinds,
    "level": Level,
    "until": Until,
    "apart": Apart,
    "advice": Advice,
    "review": Review,
    "check": Check,
    "explain": Explain,
    "pause": Pause,
    "pin": MakePin,
    "pin-again": MakePinAgain,
    "no-pin": NoPin,
    "found": Found,
    "found-entry": FoundEntry,
    "confirm": Confirm,
    "receipt": Receipt,
    "paper": Paper,
    "printed": Printed,
    "been": Been,
    "been-words": BeenWords,
    "been-scan": BeenScan,
    "been-pin": BeenPin,
    "stop": Stop,
    "stop-sure": StopSure,
    "stopped": Stopped,
    "person": AskPerson,
    "no-voice": NoVoice,
    "problem": Problem,
    "time-out": TimeOut,
    "worker": Worker,
    "worker-passphrase": WorkerPassphrase,
    "worker-acts": WorkerActs,
    "worker-reason": WorkerReason,
    "worker-code": WorkerCode,
}
