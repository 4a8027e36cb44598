// The theme that the person chose on this device, before anything is painted; without a choice, the style sheets follow the device.
// Another tab that changes it is followed. `ui/theme.rs` keeps the choice.
(() => {
  const montrer = () => {
    try {
      const choisi = localStorage.getItem("parcours.theme");
      if (choisi) document.documentElement.dataset.frTheme = choisi;
      else delete document.documentElement.dataset.frTheme;
    } catch {
      // The person forbids storage: the theme is that of the device.
    }
  };
  montrer();
  addEventListener("storage", montrer);
})();
