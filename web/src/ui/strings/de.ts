import devices from "./de-devices.js";
import layout from "./de-layout.js";
import recording from "./de-recording.js";
import type { Strings, Words } from "./en.js";
import { plural } from "./in-words.js";

const { problems, screenProblems, speakerProblems, deviceNews } = devices;

/** German. Without form of address where it reads well, and else with "Sie": colleagues, classes and offices all use Parley. */
const de: Strings = {
  language: "de",
  languageChoice: "Sprache",

  product: "Parley",
  tagline: "Von Angesicht zu Angesicht, auf dem eigenen Server.",
  pitch: "Raum öffnen, Link verschicken, reden. Bild und Ton gehen direkt von Browser zu Browser.",
  newCall: "Neues Gespräch",
  roomNameOrLink: "Raumname oder Link",
  roomNameExample: "amber-otter-cedar-48213",
  enterRoom: "Zum Raum",
  roomNameEmpty: "Bitte den Namen eines Raums eingeben oder seinen Link einfügen.",
  roomNameTooLong: "Dieser Name ist zu lang: Ein Raumname hat höchstens 64 Zeichen.",
  roomNameForbidden: (characters) =>
    `Ein Raumname darf ${characters} nicht enthalten. Erlaubt sind Buchstaben, Ziffern, „-“ und „_“.`,
  foreignLink: "Dieser Link führt zu einer anderen Adresse. Bitte direkt im Browser öffnen.",
  badRoomLink: "Dieser Link nennt keinen Raum. Bitte prüfen oder ein neues Gespräch beginnen.",
  phoneTitle: "Mit dem Handy teilnehmen",
  phoneText: "Den Code mit der Kamera scannen oder diese Adresse öffnen:",
  phoneSelfSigned:
    "Das Handy muss im selben Netz sein. Es warnt einmal, weil dieser Server sein Zertifikat selbst ausgestellt hat.",
  phoneCode: (address) => `QR-Code, der ${address} öffnet`,
  phonePossible: "Für Handys im eigenen Netz den Server so starten:",

  testConnection: "Verbindung testen",
  connectionTest: "Verbindungstest",
  connectionTestText:
    "Welche Wege Bild und Ton von diesem Browser aus nehmen können, einer nach dem anderen ausprobiert. Kamera, Mikrofon und andere Personen sind dafür nicht nötig.",

  lobbyTitle: "Bereit?",
  lobbyRoom: (room) => `Raum ${room}`,
  yourName: "Ihr Name",
  nameExample: "So sehen Sie die anderen",
  nameEmpty: "Bitte einen Namen eingeben, damit die anderen wissen, wer da ist.",
  nameTooLong: "Der Name darf höchstens 64 Zeichen haben.",
  join: "Teilnehmen",
  preview: "Kameravorschau",
  cameraIsOff: "Die Kamera ist aus",
  cameraStarting: "Kamera startet…",
  microphoneChoice: "Mikrofon",
  cameraChoice: "Kamera",
  speakerChoice: "Lautsprecher",
  defaultSpeaker: "Standard des Systems",
  fixedSpeaker: "Wird in den Toneinstellungen des Systems gewählt",
  moreSpeakers: "Weitere Lautsprecher…",
  testSound: "Testton abspielen",
  testSoundPlaying: "Testton läuft",
  testSoundFailed: "Der Ton ließ sich nicht abspielen. Lautsprecher prüfen oder einen anderen wählen.",
  noDevice: "Keins verfügbar",
  microphoneLevel: "Mikrofonpegel",
  joinWithNeither: "Teilnahme ohne Kamera und Mikrofon. Sie sehen und hören trotzdem alle.",
  joinWithoutCamera: "Teilnahme ohne Kamera. Die anderen hören Sie und sehen Ihre Initialen.",
  joinWithoutMicrophone: "Teilnahme ohne Mikrofon. Die anderen sehen Sie, hören Sie aber nicht.",

  tiles: "Personen im Gespräch",
  controls: "Gesprächssteuerung",
  withYou: (name) => `${name} (Sie)`,
  mute: "Mikrofon ausschalten",
  unmute: "Mikrofon einschalten",
  cameraOff: "Kamera ausschalten",
  cameraOn: "Kamera einschalten",
  shareScreen: "Bildschirm teilen",
  stopSharing: "Teilen beenden",
  incomingOff: "Eingehende Bilder ausschalten",
  incomingOn: "Eingehende Bilder einschalten",
  incomingIsOff: "Eingehende Bilder sind aus, Ihre Kamera auch",
  incomingIsOn: "Eingehende Bilder sind an",
  statistics: "Statistik",
  ownConnection: "Eigene Verbindung",
  copyLink: "Link kopieren",
  participants: "Teilnehmende",
  settings: "Einstellungen",
  shortcuts: "Tastenkürzel",
  announcements: "Ansagen",
  verbosities: {
    all: "Alles, auch wer stummschaltet",
    usual: "Wer kommt und geht, Hände, Nachrichten",
    few: "Nur was mich betrifft",
  },
  chat: "Chat",
  unread: (count) => plural("de", count, { one: "# ungelesene Nachricht", other: "# ungelesene Nachrichten" }),
  messageFrom: (name, text) => `Nachricht von ${name}: ${text}`,
  privateMessageFrom: (name) => `Private Nachricht von ${name}`,
  reactions: "Reaktionen",
  reactionNames: {
    "thumbs-up": "Daumen hoch",
    heart: "Herz",
    laughing: "Lachen",
    surprised: "Staunen",
    applause: "Applaus",
  },
  raiseHand: "Hand heben",
  lowerHand: "Hand senken",
  handRaised: (place) => `Hand gehoben, Nummer ${place}`,
  raisedHand: (name) => `${name} hat die Hand gehoben`,
  host: "Leitung",
  hostControls: "Leitung des Gesprächs",
  manage: (name) => `${name} verwalten`,
  youAreHost: "Sie leiten jetzt das Gespräch",
  youAreNoHost: "Sie leiten das Gespräch nicht mehr",
  isHost: (name) => `${name} leitet jetzt das Gespräch`,
  waitsOutside: (name) => `${name} wartet auf Einlass`,
  peopleWait: (count) => plural("de", count, { one: "# Person wartet", other: "# Personen warten" }),
  reacted: (names, reaction) => `${names}: ${reaction}`,
  you: "Sie",
  others: (count) => plural("de", count, { one: "# andere Person", other: "# andere" }),
  files: "Dateien",
  filesOffered: (count) => plural("de", count, { one: "# Datei angeboten", other: "# Dateien angeboten" }),
  filesNotLoaded: "Der Server ist nicht erreichbar: Die Datei bitte senden, wenn er wieder da ist",
  story: "So funktioniert dieses Gespräch",
  storyText: "Nachrichten, Weg und Schlüssel dieses Gesprächs, so wie sie entstehen.",
  storyLoading: "Wird geladen…",
  storyFailed:
    "Dieser Teil der Seite konnte nicht geladen werden. Sobald der Server wieder erreichbar ist, bitte erneut versuchen; hilft das nicht, die Seite neu laden: Sie kehren in dieses Gespräch zurück.",
  more: "Mehr",
  leave: "Verlassen",
  ...layout,
  ...recording,
  close: "Schließen",
  dismiss: (title) => `Ausblenden: ${title}`,
  startAudio: "Ton einschalten",
  audioRefused: "Der Browser spielt den Ton erst ab, wenn Sie es verlangen.",
  screenOf: (name) => `Bildschirm von ${name}`,
  yourScreen: "Ihr Bildschirm",
  muted: "Mikrofon aus",
  unmuted: "Mikrofon an",
  cameraIsOn: "Kamera an",
  cameraNotOn: "Kamera aus",
  sharing: "Teilt den Bildschirm",
  speaking: "Spricht",
  connecting: "Verbindung wird aufgebaut…",
  interrupted: "Verbindung wird wiederhergestellt…",
  unreachable: {
    "not-offered": "Keine Verbindung und kein Relay. Weitere Versuche laufen…",
    "not-reached": "Keine Verbindung. Weitere Versuche laufen…",
    reached: "Keine Verbindung, auch nicht über das Relay. Weitere Versuche laufen…",
  },
  joiningCall: "Gespräch wird betreten…",
  returning: "Rückkehr ins Gespräch…",
  reconnecting: "Der Server ist nicht erreichbar. Das Gespräch geht weiter; die Rückkehr wird versucht…",
  overdue: (seconds) =>
    `Der Server ist seit mehr als ${seconds} Sekunden nicht erreichbar, Ihr Platz im Gespräch ist deshalb vielleicht verloren. Weitere Versuche laufen… Mit allen, die Sie sehen und hören, können Sie weiter sprechen.`,
  aloneTitle: "Noch ist niemand sonst hier",
  aloneText: "Diesen Link an alle schicken, mit denen Sie sprechen möchten.",
  linkCopied: "Link kopiert",
  linkTitle: "Der Link zu diesem Gespräch",
  linkText: "Der Browser lässt das Kopieren nicht zu. Hier ist er, schon markiert: Strg+C drücken, auf dem Mac ⌘C.",
  linkLabel: "Link",
  joined: (name) => `${name} ist beigetreten`,
  left: (name) => `${name} hat das Gespräch verlassen`,
  lostConnection: (name) => `${name} hat die Verbindung verloren`,
  isBack: (name) => `${name} ist wieder da`,
  mutedNow: (name) => `${name} ist stumm`,
  unmutedNow: (name) => `${name} ist nicht mehr stumm`,
  cameraOnNow: (name) => `${name} hat die Kamera eingeschaltet`,
  cameraOffNow: (name) => `${name} hat die Kamera ausgeschaltet`,
  startedSharing: (name) => `${name} teilt den Bildschirm`,
  stoppedSharing: (name) => `${name} teilt den Bildschirm nicht mehr`,
  youShare: "Sie teilen Ihren Bildschirm",
  youStoppedSharing: "Sie teilen Ihren Bildschirm nicht mehr",
  backAgain: "Wieder verbunden",

  goodbyeTitle: "Sie haben das Gespräch verlassen",
  goodbyeText: "Der Raum bleibt offen, solange jemand darin ist.",
  rejoin: "Wieder teilnehmen",
  waitingTitle: "Warten auf Einlass",
  waitingText: "Die Leitung weiß, dass Sie da sind. Das Gespräch beginnt, sobald Sie eingelassen werden.",
  stopWaiting: "Nicht länger warten",
  over: {
    removed: {
      title: "Sie wurden aus dem Gespräch entfernt",
      text: "Die Leitung hat es für Sie beendet. War das ein Versehen, bitten Sie um erneuten Einlass.",
    },
    ended: { title: "Das Gespräch ist beendet", text: "Die Leitung hat es für alle beendet." },
  },
  displacedTitle: "Dieses Gespräch läuft in einem anderen Fenster oder Tab weiter",
  displacedText: "Dort nehmen Sie teil. Wenn Sie möchten, geht es stattdessen hier weiter.",
  useHere: "Hier weitermachen",
  tryAgain: "Erneut versuchen",
  reload: "Seite neu laden",
  back: "Zurück",

  titleLobby: (room) => `${room} beitreten – Parley`,
  titleCall: (room, people) => `${room} (${people}) – Parley`,
  titleDoctor: "Verbindungstest – Parley",
  titleGoodbye: (room) => `${room} verlassen – Parley`,

  refusals: {
    "room-full": {
      title: "Dieser Raum ist voll",
      text: "Alle Plätze sind besetzt. Bitte erneut versuchen, wenn jemand gegangen ist, oder einen anderen Raum nehmen.",
    },
    "server-full": {
      title: "Der Server ist voll",
      text: "Mehr Räume fasst er im Moment nicht. Bitte in ein paar Minuten erneut versuchen.",
    },
    "page-outdated": {
      title: "Bitte die Seite neu laden",
      text: "Der Server wurde aktualisiert, seit sie geöffnet wurde. Nach dem Neuladen ist die Teilnahme möglich.",
    },
    "server-outdated": {
      title: "Der Server ist zu alt für diese Seite",
      text: "Beide sprechen verschiedene Versionen, und daran lässt sich hier nichts ändern. Wer den Server betreibt, kann ihn aktualisieren.",
    },
    "server-unreachable": {
      title: "Der Server antwortet nicht",
      text: "Bitte prüfen, ob Sie online sind, und es dann erneut versuchen. Bleibt es dabei, läuft der Server vielleicht nicht.",
    },
    locked: {
      title: "Dieser Raum ist abgeschlossen",
      text: "Im Moment kommt niemand hinein. Bitten Sie jemanden im Raum, ihn aufzuschließen, und versuchen Sie es erneut.",
    },
    "passcode-required": { title: "Dieser Raum hat ein Kennwort", text: "Wer Sie eingeladen hat, kennt es." },
    "passcode-wrong": { title: "Das ist nicht das Kennwort", text: "Bitte prüfen und erneut versuchen." },
    rate: {
      title: "Zu viele Versuche",
      text: "Aus Ihrem Netz wurde zu oft versucht, hineinzukommen. Bitte eine Minute warten und erneut versuchen.",
    },
    denied: {
      title: "Sie wurden nicht eingelassen",
      text: "Die Leitung hat abgelehnt. War das ein Versehen, fragen Sie nach und versuchen Sie es erneut.",
    },
    removed: {
      title: "Sie wurden aus diesem Raum entfernt",
      text: "An Ihren Platz können Sie nicht zurück. Mit einem neuen Versuch bitten Sie um einen neuen.",
    },
    ended: {
      title: "Das Gespräch ist beendet",
      text: "Die Leitung hat es für alle beendet, während Sie gewartet haben.",
    },
    "token-required": {
      title: "Hierfür ist eine Einladung nötig",
      text: "Auf diesem Server entscheidet eine andere Seite, wer einen Raum betritt. Bitte das Gespräch von dort aus öffnen.",
    },
    "token-invalid": {
      title: "Diese Einladung gilt nicht",
      text: "Vielleicht ist sie abgelaufen oder für einen anderen Raum. Bitte das Gespräch noch einmal von der einladenden Seite aus öffnen.",
    },
    "already-joined": {
      title: "Sie nehmen schon an diesem Gespräch teil",
      text: "Diese Seite hat bereits einen Platz im Raum. Bitte zurückgehen und noch einmal teilnehmen.",
    },
    "invalid-name": {
      title: "Der Server nimmt diesen Namen nicht an",
      text: "Bitte zurückgehen und einen anderen eingeben: 1 bis 64 Zeichen, nicht nur unsichtbare.",
    },
    invalid: {
      title: "Etwas ist schiefgegangen",
      text: "Der Server hat die Anfrage nicht angenommen. Bitte erneut versuchen; passiert es wieder, die Seite neu laden.",
    },
  },

  seat: {
    renewed: {
      title: "Sie sind als neue Person zurückgekommen",
      text: "Der Server kannte Ihren Platz im Gespräch nicht mehr. Für die anderen sind Sie gerade erst gekommen.",
    },
  },

  problems,
  screenProblems,
  speakerProblems,
  deviceNews,

  peerUnreachable: {
    "not-offered": (name) =>
      unreachable(
        name,
        "Ein Relay würde helfen, und dieser Server bietet keins an: Wer ihn betreibt, kann sein Relay (TURN) einschalten oder eines angeben.",
      ),
    "not-reached": (name) =>
      unreachable(
        name,
        "Ein Relay würde helfen, aber das dieses Servers war von hier aus nicht erreichbar: Wer den Server betreibt, findet mit dem Verbindungstest heraus, warum.",
      ),
    reached: (name) =>
      unreachable(
        name,
        "Das Relay dieses Servers wurde erreicht und half nicht: Die andere Seite erreicht es vielleicht nicht.",
      ),
  },

  details: (name) => `Verbindung zu ${name}`,
  ways: {
    direct: "Direkt",
    local: "Direkt, im lokalen Netz",
    relayed: "Über ein Relay",
    "relayed-there": "Über ein Relay der anderen Seite",
  },
  relayedThrough: (protocol) => `Über ein Relay mit ${protocol}`,
  roundTrip: (time) => `Umlaufzeit ${time}`,
  noWay: "Im Moment nicht verbunden",
};

function unreachable(name: string, relay: string): Words {
  return {
    title: `Keine Verbindung zu ${name}`,
    text: `Eines der beiden Netze lässt Sie nicht zueinander durch. ${relay} Parley versucht es weiter. Oft hilft ein anderes Netz oder das Abschalten eines VPN.`,
  };
}

export default de;
