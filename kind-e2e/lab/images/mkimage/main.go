// Command mkimage writes an image archive, as `docker save` would, of a few files and without a container engine.
//
//	mkimage NAME:TAG OUT.tar USER ENTRYPOINT FILE=PATH-IN-IMAGE...
//
// The same files give the same bytes: no time, no owner and no order of a file system gets into the archive.
package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"runtime"
	"strings"
)

func main() {
	if len(os.Args) < 6 {
		fmt.Fprintln(os.Stderr, "usage: mkimage NAME:TAG OUT.tar USER ENTRYPOINT FILE=PATH-IN-IMAGE...")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5:]); err != nil {
		fmt.Fprintln(os.Stderr, "mkimage:", err)
		os.Exit(1)
	}
}

type entry struct {
	name    string
	content []byte
	mode    int64
}

func write(name, out, user, entrypoint string, files []string) error {
	layer, err := layerOf(files)
	if err != nil {
		return err
	}
	config, err := json.Marshal(map[string]any{
		"architecture": runtime.GOARCH,
		"os":           "linux",
		"config": map[string]any{
			"User":       user,
			"Env":        []string{"PATH=" + path.Dir(entrypoint)},
			"Entrypoint": []string{entrypoint},
		},
		"rootfs":  map[string]any{"type": "layers", "diff_ids": []string{"sha256:" + digest(layer)}},
		"history": []map[string]string{{"created_by": "mkimage"}},
	})
	if err != nil {
		return err
	}
	configName := digest(config) + ".json"
	manifest, err := json.Marshal([]map[string]any{{
		"Config": configName, "RepoTags": []string{name}, "Layers": []string{"layer.tar"},
	}})
	if err != nil {
		return err
	}
	archive, err := tarOf([]entry{{"layer.tar", layer, 0o644}, {configName, config, 0o644}, {"manifest.json", manifest, 0o644}})
	if err != nil {
		return err
	}
	return os.WriteFile(out, archive, 0o644)
}

// layerOf packs the files, each after the directories above it.
func layerOf(files []string) ([]byte, error) {
	var entries []entry
	seen := map[string]bool{}
	for _, file := range files {
		source, target, ok := strings.Cut(file, "=")
		if !ok {
			return nil, fmt.Errorf("%q is not FILE=PATH-IN-IMAGE", file)
		}
		content, err := os.ReadFile(source)
		if err != nil {
			return nil, err
		}
		parts := strings.Split(strings.Trim(target, "/"), "/")
		for i := 1; i < len(parts); i++ {
			directory := strings.Join(parts[:i], "/") + "/"
			if !seen[directory] {
				seen[directory] = true
				entries = append(entries, entry{directory, nil, 0o755})
			}
		}
		entries = append(entries, entry{strings.Join(parts, "/"), content, 0o755})
	}
	return tarOf(entries)
}

func tarOf(entries []entry) ([]byte, error) {
	var buffer bytes.Buffer
	writer := tar.NewWriter(&buffer)
	for _, e := range entries {
		header := &tar.Header{Name: e.name, Mode: e.mode, Size: int64(len(e.content)), Typeflag: tar.TypeReg, Format: tar.FormatUSTAR}
		if strings.HasSuffix(e.name, "/") {
			header.Typeflag = tar.TypeDir
		}
		if err := writer.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := writer.Write(e.content); err != nil {
			return nil, err
		}
	}
	err := writer.Close()
	return buffer.Bytes(), err
}

func digest(content []byte) string {
	return fmt.Sprintf("%x", sha256.Sum256(content))
}
