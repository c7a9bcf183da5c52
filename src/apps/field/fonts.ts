import '@fontsource/noto-sans-sc/400.css';
import '@fontsource/noto-sans-sc/600.css';
import '#platform/browser/design-system/fonts/rare-characters.css';
