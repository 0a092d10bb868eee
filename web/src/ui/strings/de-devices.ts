import type { DevicesStrings } from "./en-devices.js";
import type { Words } from "./words.js";

const secure = (device: string): string =>
  `Browser geben ${device} nur für https://-Adressen frei, und auf dem Computer des Servers selbst für http://localhost. Bitte diesen Raum unter seiner https://-Adresse öffnen oder danach fragen, wer den Server betreibt.`;
const modern =
  "Bitte ein aktuelles Chrome, Edge, Firefox oder Safari verwenden. Innerhalb einer anderen App den Link direkt im Browser öffnen.";

const quoted = (name: string, otherwise: string): string => (name === "" ? otherwise : `„${name}“`);
const gone = (name: string, otherwise: string): string => `${quoted(name, otherwise)} wurde getrennt`;
const back = (name: string, otherwise: string): string => `${quoted(name, otherwise)} ist wieder da`;

const devices: DevicesStrings = {
  problems: {
    microphone: {
      denied: {
        title: "Der Zugriff auf das Mikrofon ist blockiert",
        text: "Das Mikrofon neben der Adressleiste (oder in den Browsereinstellungen für diese Seite) erlauben und dann wieder einschalten.",
      },
      dismissed: {
        title: "Das Mikrofon ist noch nicht erlaubt",
        text: "Auf „Mikrofon einschalten“ drücken und „Zulassen“ wählen. Fragt der Browser nicht, das Mikrofon neben der Adressleiste erlauben.",
      },
      "denied-by-system": {
        title: "Das System blockiert das Mikrofon",
        text: "Diese Seite darf es benutzen, der Browser aber nicht. In den Datenschutzeinstellungen des Systems dem Browser das Mikrofon erlauben und es dann wieder einschalten.",
      },
      revoked: {
        title: "Der Zugriff auf das Mikrofon wurde entzogen",
        text: "Die anderen hören Sie nicht mehr. Das Mikrofon neben der Adressleiste erlauben; kommt es nicht von selbst wieder, auf „Mikrofon einschalten“ drücken.",
      },
      "not-found": {
        title: "Kein Mikrofon gefunden",
        text: "Eines anschließen oder einschalten, dann das Mikrofon hier wieder einschalten.",
      },
      busy: {
        title: "Das Mikrofon wird schon benutzt",
        text: "Anscheinend hält es ein anderes Programm fest. Dieses schließen, dann das Mikrofon wieder einschalten.",
      },
      overconstrained: {
        title: "Dieses Mikrofon ist nicht brauchbar",
        text: "Es bietet nichts, was sich für ein Gespräch eignet. Ein anderes wählen, dann das Mikrofon wieder einschalten.",
      },
      insecure: { title: "Das Mikrofon braucht eine sichere Seite", text: secure("das Mikrofon") },
      unsupported: { title: "Dieser Browser bietet kein Mikrofon", text: modern },
      unknown: {
        title: "Das Mikrofon ist nicht gestartet",
        text: "Abziehen und wieder anschließen oder ein anderes wählen, dann wieder einschalten.",
      },
    },
    camera: {
      denied: {
        title: "Der Zugriff auf die Kamera ist blockiert",
        text: "Die Kamera neben der Adressleiste (oder in den Browsereinstellungen für diese Seite) erlauben und dann wieder einschalten.",
      },
      dismissed: {
        title: "Die Kamera ist noch nicht erlaubt",
        text: "Auf „Kamera einschalten“ drücken und „Zulassen“ wählen. Fragt der Browser nicht, die Kamera neben der Adressleiste erlauben.",
      },
      "denied-by-system": {
        title: "Das System blockiert die Kamera",
        text: "Diese Seite darf sie benutzen, der Browser aber nicht. In den Datenschutzeinstellungen des Systems dem Browser die Kamera erlauben und sie dann wieder einschalten.",
      },
      revoked: {
        title: "Der Zugriff auf die Kamera wurde entzogen",
        text: "Die anderen sehen Sie nicht mehr. Die Kamera neben der Adressleiste erlauben; kommt sie nicht von selbst wieder, auf „Kamera einschalten“ drücken.",
      },
      "not-found": {
        title: "Keine Kamera gefunden",
        text: "Eine anschließen oder einschalten, dann die Kamera hier wieder einschalten.",
      },
      busy: {
        title: "Die Kamera wird schon benutzt",
        text: "Anscheinend hält sie ein anderes Programm fest. Dieses schließen, dann die Kamera wieder einschalten.",
      },
      overconstrained: {
        title: "Diese Kamera ist nicht brauchbar",
        text: "Sie bietet kein Bild, das sich für ein Gespräch eignet. Eine andere wählen, dann die Kamera wieder einschalten.",
      },
      insecure: { title: "Die Kamera braucht eine sichere Seite", text: secure("die Kamera") },
      unsupported: { title: "Dieser Browser bietet keine Kamera", text: modern },
      unknown: {
        title: "Die Kamera ist nicht gestartet",
        text: "Abziehen und wieder anschließen oder eine andere wählen, dann wieder einschalten.",
      },
    },
    both: {
      denied: {
        title: "Kamera und Mikrofon sind blockiert",
        text: "Beide neben der Adressleiste (oder in den Browsereinstellungen für diese Seite) erlauben und dann wieder einschalten.",
      },
      dismissed: {
        title: "Kamera und Mikrofon sind noch nicht erlaubt",
        text: "Beide einschalten und „Zulassen“ wählen. Fragt der Browser nicht, beide neben der Adressleiste erlauben.",
      },
      "denied-by-system": {
        title: "Das System blockiert Kamera und Mikrofon",
        text: "Diese Seite darf sie benutzen, der Browser aber nicht. In den Datenschutzeinstellungen des Systems dem Browser beide erlauben und sie dann wieder einschalten.",
      },
      revoked: {
        title: "Der Zugriff auf Kamera und Mikrofon wurde entzogen",
        text: "Die anderen sehen und hören Sie nicht mehr. Beide neben der Adressleiste erlauben; kommen sie nicht von selbst wieder, beide einschalten.",
      },
      "not-found": {
        title: "Keine Kamera und kein Mikrofon gefunden",
        text: "Anschließen oder einschalten, dann beide hier wieder einschalten.",
      },
      busy: {
        title: "Kamera und Mikrofon werden schon benutzt",
        text: "Anscheinend hält sie ein anderes Programm fest. Dieses schließen, dann beide wieder einschalten.",
      },
      overconstrained: {
        title: "Diese Kamera und dieses Mikrofon sind nicht brauchbar",
        text: "Sie bieten nichts, was sich für ein Gespräch eignet. Andere wählen, dann beide wieder einschalten.",
      },
      insecure: { title: "Kamera und Mikrofon brauchen eine sichere Seite", text: secure("beide") },
      unsupported: { title: "Dieser Browser bietet weder Kamera noch Mikrofon", text: modern },
      unknown: {
        title: "Kamera und Mikrofon sind nicht gestartet",
        text: "Abziehen und wieder anschließen oder andere wählen, dann wieder einschalten.",
      },
    },
  },

  screenProblems: {
    denied: {
      title: "Der Bildschirm wird nicht geteilt",
      text: "Das Teilen wurde abgebrochen oder ist blockiert. Auf dem Mac dem Browser in den Systemeinstellungen die Bildschirmaufnahme erlauben.",
    },
    "not-found": {
      title: "Nichts zu teilen",
      text: "Der Browser fand keinen Bildschirm und kein Fenster zum Teilen.",
    },
    busy: {
      title: "Der Bildschirm lässt sich nicht aufnehmen",
      text: "Ein anderes Programm oder das System verhindert es. Ein anderes Fenster oder den ganzen Bildschirm versuchen.",
    },
    insecure: { title: "Teilen braucht eine sichere Seite", text: secure("den Bildschirm") },
    unsupported: {
      title: "Dieser Browser kann keinen Bildschirm teilen",
      text: "Bitte Chrome, Edge, Firefox oder Safari am Computer verwenden.",
    },
    unknown: {
      title: "Der Bildschirm konnte nicht geteilt werden",
      text: "Erneut versuchen oder ein anderes Fenster wählen.",
    },
  },

  speakerProblems: {
    denied: {
      title: "Der Lautsprecher lässt sich hier nicht wechseln",
      text: "Der Browser erlaubt es nicht, deshalb gilt der Standard des Systems. Der Lautsprecher wird in den Toneinstellungen des Systems gewählt.",
    },
    unknown: {
      title: "Der Ton ließ sich nicht abspielen",
      text: "Lautsprecher prüfen oder einen anderen wählen.",
    },
  },

  deviceNews: {
    microphone: {
      replaced: (old, now): Words => ({
        title: gone(old, "Ihr Mikrofon"),
        text: `Die anderen hören Sie jetzt über ${quoted(now, "ein anderes")}.`,
      }),
      replacedOff: (old, now): Words => ({
        title: gone(old, "Ihr Mikrofon"),
        text: `Ihr Mikrofon ist weiter aus. Beim Einschalten wird ${quoted(now, "ein anderes")} benutzt.`,
      }),
      lost: (old): Words => ({
        title: gone(old, "Ihr Mikrofon"),
        text: "Ein anderes Mikrofon gibt es nicht, deshalb hören die anderen Sie nicht. Wieder anschließen, dann auf „Mikrofon einschalten“ drücken.",
      }),
      returned: (now): Words => ({
        title: back(now, "Ihr Mikrofon"),
        text: "Die anderen hören Sie wieder darüber.",
      }),
      returnedOff: (now): Words => ({
        title: back(now, "Ihr Mikrofon"),
        text: "Es ist weiter aus. Es wird benutzt, sobald Sie auf „Mikrofon einschalten“ drücken.",
      }),
      silenced: {
        title: "Das System hat Ihr Mikrofon stummgeschaltet",
        text: "Die anderen hören Sie nicht. Ein Anruf, eine andere App oder ein Schalter am Gerät kann der Grund sein; ist das vorbei, sind Sie wieder zu hören.",
      },
      talking: {
        title: "Sie sprechen, und Ihr Mikrofon ist aus",
        text: "Die anderen hören Sie nicht. Sollen sie es, auf „Mikrofon einschalten“ drücken.",
      },
      unheard: {
        title: "Ihr Mikrofon ist stumm",
        text: "Es ist an, gibt aber keinen Ton. Gibt es einen Schalter am Gerät oder am Kabel? Bitte auch den Pegel in den Toneinstellungen des Systems prüfen oder in den Einstellungen dieses Gesprächs ein anderes Mikrofon wählen.",
      },
    },
    camera: {
      replaced: (old, now): Words => ({
        title: gone(old, "Ihre Kamera"),
        text: `Die anderen sehen Sie jetzt über ${quoted(now, "eine andere")}.`,
      }),
      replacedOff: (old, now): Words => ({
        title: gone(old, "Ihre Kamera"),
        text: `Ihre Kamera ist weiter aus. Beim Einschalten wird ${quoted(now, "eine andere")} benutzt.`,
      }),
      lost: (old): Words => ({
        title: gone(old, "Ihre Kamera"),
        text: "Eine andere Kamera gibt es nicht, deshalb sehen die anderen Sie nicht. Wieder anschließen, dann auf „Kamera einschalten“ drücken.",
      }),
      returned: (now): Words => ({
        title: back(now, "Ihre Kamera"),
        text: "Die anderen sehen Sie wieder darüber.",
      }),
      returnedOff: (now): Words => ({
        title: back(now, "Ihre Kamera"),
        text: "Sie ist weiter aus. Sie wird benutzt, sobald Sie auf „Kamera einschalten“ drücken.",
      }),
      silenced: {
        title: "Das System hat Ihre Kamera angehalten",
        text: "Die anderen sehen Sie nicht. Eine andere App, ein geschlossener Deckel oder eine Abdeckung kann der Grund sein; ist das vorbei, sind Sie wieder zu sehen.",
      },
    },
    both: {
      silenced: {
        title: "Das System hat Kamera und Mikrofon angehalten",
        text: "Die anderen sehen und hören Sie nicht. Ein Anruf, eine andere App oder ein geschlossener Deckel kann der Grund sein; ist das vorbei, geht alles von selbst weiter.",
      },
    },
    speaker: {
      replaced: (old): Words => ({
        title: gone(old, "Ihr Lautsprecher"),
        text: "Sie hören die anderen jetzt über den Standard des Systems.",
      }),
      returned: (now): Words => ({
        title: back(now, "Ihr Lautsprecher"),
        text: "Sie hören die anderen wieder darüber.",
      }),
    },
  },
};

export default devices;
